import { Button, Switch } from "antd";

import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { useMay } from "../../lib/session";
import { Badge, type Tone } from "../../ui/badge";
import { DefinitionPopover } from "../../ui/definition-popover";
import { useComplain } from "../../ui/use-complain";
import { type Signal, useChangeSignal } from "./api";
import { SignalFigures } from "./signal-figures";
import { SignalHappened } from "./signal-happened";
import styles from "./signals.module.css";
import { ThresholdInput } from "./threshold-input";
import { useWords } from "./words";

const TONES: Record<Signal["advice"]["verdict"], Tone> = { keep: "accent", tune: "warn", off: "risk", unknown: "plain" };

/** One signal: what it means, how good it has been, and the two ways to tune it. */
export function SignalCard({ signal }: { signal: Signal }) {
  const t = useWords();
  const say = useSay();
  const { number } = useFormat();
  const may = useMay("signals.manage");
  const complain = useComplain();
  const change = useChangeSignal(signal.name);
  const name = say(signal.label);
  return (
    <li className={`${styles.card} ${signal.enabled ? "" : styles.off}`}>
      <div className={styles.head}>
        <h2 className={styles.name}>{name}</h2>
        <DefinitionPopover definition={{ label: name, meaning: say(signal.meaning), formula: say(signal.basis) }} />
        <Switch
          aria-label={t("watch", { name })}
          disabled={!may}
          checked={signal.enabled}
          loading={change.isPending}
          onChange={(enabled) => change.mutate({ enabled }, { onError: complain })}
        />
      </div>
      <p>{say(signal.meaning)}</p>
      <p className={styles.advice}>
        <Badge tone={TONES[signal.advice.verdict]}>{t(`verdict_${signal.advice.verdict}`)}</Badge> {say(signal.advice.reason)}
      </p>
      {signal.back_test ? <SignalFigures figures={signal.back_test} weekly={signal.alerts_a_week_per_owner} /> : <p className={styles.small}>{t("notTested", { load: number(signal.alerts_a_week_per_owner, 1) })}</p>}
      {signal.happened && <SignalHappened happened={signal.happened} />}
      {may && signal.enabled && signal.advice.verdict === "off" && (
        <div>
          <Button danger loading={change.isPending} onClick={() => change.mutate({ enabled: false }, { onError: complain })}>
            {t("turnOff")}
          </Button>
        </div>
      )}
      <ThresholdInput key={signal.threshold.value} signal={signal} disabled={!may} onChange={(threshold) => change.mutate({ threshold }, { onError: complain })} />
    </li>
  );
}
