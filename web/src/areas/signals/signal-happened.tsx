import { useFormat } from "../../lib/use-format";
import { Meter } from "../../ui/meter";
import { type Signal } from "./api";
import styles from "./signals.module.css";
import { useWords } from "./words";

/** What became of the customers it was really raised for, once it could be known. */
export function SignalHappened({ happened }: { happened: NonNullable<Signal["happened"]> }) {
  const t = useWords();
  const { number, percent } = useFormat();
  const { alerts, left, share, low, high } = happened;
  const whole = (value: number) => percent(value, 0);
  return (
    <dl className={styles.bars}>
      <dt>{t("happened")}</dt>
      <dd>
        <Meter share={share} tone="risk" text={t("happenedText", { share: whole(share), low: whole(low), high: whole(high), left: number(left), alerts: number(alerts) })} />
      </dd>
    </dl>
  );
}
