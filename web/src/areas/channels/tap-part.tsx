import { useQuery } from "@tanstack/react-query";
import { Button, InputNumber } from "antd";

import { useContactNames } from "../../lib/contact/names";
import { tapsQuery, useTurnTap } from "../../lib/contact/taps";
import { useMay } from "../../lib/session";
import { useComplain } from "../../ui/use-complain";
import styles from "./channels.module.css";
import { useWords } from "./words";

/** Pause a channel, resume it, or slow it. */
export function TapPart({ channel }: { channel: string }) {
  const t = useWords();
  const names = useContactNames();
  const complain = useComplain();
  const may = useMay("messages.manage");
  const turn = useTurnTap();
  const name = `channel:${channel}`;
  const taps = useQuery({ ...tapsQuery, enabled: useMay("messages.read") }).data;
  const tap = taps?.items.find((one) => one.name === name);
  const paused = tap?.paused ?? false;
  const rate = tap?.per_second ?? null;
  if (!taps || !may) return null;
  const change = (part: { paused?: boolean; per_second?: number | null }) => turn.mutate({ name, paused, per_second: rate, ...part }, { onError: complain });
  return (
    <div className={styles.acts}>
      <Button size="small" loading={turn.isPending} onClick={() => change({ paused: !paused })}>
        {paused ? t("resume") : t("pause")}
      </Button>
      <InputNumber<number>
        key={rate ?? 0}
        size="small"
        aria-label={t("speed", { channel: names.channel(channel) })}
        className={styles.speed}
        suffix={t("perSecond")}
        min={0.01}
        changeOnWheel={false}
        placeholder={t("noLimit")}
        defaultValue={rate ?? undefined}
        onBlur={({ target }) => {
          const wanted = target.value.trim() === "" ? null : Number(target.value);
          if (wanted !== rate && !Number.isNaN(wanted)) change({ per_second: wanted });
        }}
      />
    </div>
  );
}
