import { MISSING } from "../../lib/format";
import { useFormat } from "../../lib/use-format";
import { Facts } from "../../ui/facts";
import { Panel } from "../../ui/panel";
import { type Profile } from "./api";
import styles from "./customer-page.module.css";
import { RhythmPicture } from "./rhythm-picture";
import { useWords } from "./words";

/** How often they usually buy, how long they are silent, and when the next order should come. */
export function RhythmPanel({ profile }: { profile: Profile }) {
  const t = useWords();
  const { date, number, percent } = useFormat();
  const { usual_gap_days: gap, days_silent: silent } = profile;
  const sentence = () => {
    if (silent === null) return t("noOrders");
    if (gap == null) return t("silentOnly", { days: number(silent) });
    if (silent <= gap) return t("inRhythm", { days: number(silent), gap: number(gap) });
    return t("outOfRhythm", { days: number(silent), gap: number(gap), times: number(silent / Math.max(gap, 1), 1) });
  };
  const day = (value: string | null | undefined) => (value ? date(value) : MISSING);
  return (
    <Panel title={t("rhythm")}>
      <p className={`${styles.big} numbers`}>{silent === null ? MISSING : t("days", { count: number(silent) })}</p>
      <p className={styles.sentence}>{sentence()}</p>
      {silent !== null && gap != null && <RhythmPicture gap={gap} silent={silent} />}
      <div className={styles.facts}>
        <Facts
          facts={[
            { name: t("column_first_order_at"), value: day(profile.first_order_at) },
            { name: t("column_last_order_at"), value: day(profile.last_order_at) },
            { name: t("column_next_order_at"), value: day(profile.next_order_at) },
            { name: t("within90"), value: profile.probability_of_order_90 == null ? MISSING : percent(profile.probability_of_order_90, 0) },
          ]}
        />
      </div>
    </Panel>
  );
}
