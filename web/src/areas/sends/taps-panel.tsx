import { useQuery } from "@tanstack/react-query";
import { Button, InputNumber } from "antd";

import { useContactNames } from "../../lib/contact/names";
import { tapsQuery, useTurnTap } from "../../lib/contact/taps";
import { useMay } from "../../lib/session";
import { Badge } from "../../ui/badge";
import { Loaded } from "../../ui/loaded";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { useComplain } from "../../ui/use-complain";
import { messageNamesQuery } from "./api";
import styles from "./sends.module.css";
import { tapsOf } from "./taps";
import { useWords } from "./words";

/** Pause and resume everything, a channel or a message, or slow it. */
export function TapsPanel() {
  const t = useWords();
  const query = useQuery(tapsQuery);
  return (
    <Panel title={t("taps")} hint={t("tapsHint")}>
      <Loaded query={query} skeleton={<Placeholder height={150} />}>
        {({ items }) => (
          <ul className={styles.taps}>
            {tapsOf(items).map((tap) => (
              <OneTap key={tap.name} tap={tap} />
            ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  );
}

function OneTap({ tap }: { tap: ReturnType<typeof tapsOf>[number] }) {
  const t = useWords();
  const may = useMay("messages.manage");
  const complain = useComplain();
  const turn = useTurnTap();
  const name = useTapName()(tap.name);
  const change = (part: Partial<typeof tap>) => turn.mutate({ ...tap, ...part }, { onError: complain });
  const speed = t("speed", { name });
  return (
    <li className={styles.tap}>
      <span className={styles.tapName}>{name}</span>
      <Badge tone={tap.paused ? "warn" : "accent"}>{tap.paused ? t("paused") : t("flowing")}</Badge>
      {may ? (
        <>
          <Button size="small" loading={turn.isPending} aria-label={t(tap.paused ? "resume" : "pause", { name })} onClick={() => change({ paused: !tap.paused })}>
            {tap.paused ? t("resumeShort") : t("pauseShort")}
          </Button>
          <InputNumber<number>
            size="small"
            aria-label={speed}
            className={styles.speed}
            suffix={t("perSecond")}
            min={0.01}
            changeOnWheel={false}
            changeOnBlur
            placeholder={t("noLimit")}
            defaultValue={tap.per_second ?? undefined}
            onBlur={({ target }) => {
              const wanted = target.value.trim() === "" ? null : Number(target.value);
              if (wanted !== tap.per_second && !Number.isNaN(wanted)) change({ per_second: wanted });
            }}
          />
        </>
      ) : null}
      {!may && tap.per_second !== null && <span className="quiet">{t("atMost", { count: tap.per_second })}</span>}
    </li>
  );
}

function useTapName(): (name: string) => string {
  const t = useWords();
  const names = useContactNames();
  const messages = useQuery(messageNamesQuery).data?.items ?? [];
  return (name) => {
    if (name === "all") return t("everything");
    if (name.startsWith("channel:")) return names.channel(name.slice("channel:".length));
    const id = name.replace(/^message:/, "");
    return t("ofMessage", { name: messages.find((one) => one.id === id)?.name ?? id });
  };
}
