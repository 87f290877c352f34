import { useFormat } from "../../lib/use-format";
import { type Fact, Facts } from "../../ui/facts";
import { Meter } from "../../ui/meter";
import { type Signal } from "./api";
import styles from "./signals.module.css";
import { useWords } from "./words";

interface Props {
  figures: NonNullable<Signal["back_test"]>;
  weekly: number;
}

/** Of those it spoke of, how many left; of those as active it was silent about, how many. The distance is what a signal is worth. */
export function SignalFigures({ figures, weekly }: Props) {
  const t = useWords();
  const { number, fixed, percent } = useFormat();
  const { precision, precision_low: low, precision_high: high, base_rate: base, alike_rate: alike, lift, lift_low, lift_high } = figures;
  const known = (name: string, value: number | null, say: (value: number) => string): Fact[] => (value === null ? [] : [{ name, value: say(value) }]);
  const late = (figures.lead_days ?? 0) < 0;
  const share = (value: number) => percent(value, 0);
  return (
    <>
      {precision !== null && base !== null && (
        <dl className={styles.bars}>
          <dt>{t("spokeOf")}</dt>
          <dd>
            <Meter share={precision} text={low !== null && high !== null ? t("between", { share: share(precision), low: share(low), high: share(high) }) : share(precision)} tone="risk" />
          </dd>
          {alike !== null && (
            <>
              <dt>{t("alike")}</dt>
              <dd>
                <Meter share={alike} text={share(alike)} />
              </dd>
            </>
          )}
          <dt>{t("silentAbout")}</dt>
          <dd>
            <Meter share={base} text={share(base)} />
          </dd>
        </dl>
      )}
      <Facts
        facts={[
          ...known(t("lift"), lift, (value) => {
            const times = t("times", { times: fixed(value, 1) });
            return lift_low !== null && lift_high !== null ? t("between", { share: times, low: fixed(lift_low, 1), high: fixed(lift_high, 1) }) : times;
          }),
          ...known(t("recall"), figures.recall, share),
          ...known(t("falseAlerts"), figures.false_alerts_a_month, (value) => percent(value, 1)),
          ...known(t(late ? "lateDays" : "leadDays"), figures.lead_days, (value) => t("days", { count: Math.abs(Math.round(value)) })),
          { name: t("load"), value: number(weekly, 1) },
        ]}
      />
      <p className={styles.small}>{t("basis", { customers: number(figures.customers), instants: figures.instants })}</p>
    </>
  );
}
