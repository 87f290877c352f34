import { MISSING } from "../../lib/format";
import { useFormat } from "../../lib/use-format";
import { Facts } from "../../ui/facts";
import { Panel } from "../../ui/panel";
import { type Profile } from "./api";
import styles from "./customer-page.module.css";
import { RhythmPicture } from "./rhythm-picture";
import { useShare } from "./use-share";
import { useWords } from "./words";

/** How often they usually buy, how long they are silent, and when the next order should come. */
export function RhythmPanel({ profile }: { profile: Profile }) {
  const t = useWords();
  const { date, number } = useFormat();
  const share = useShare();
  const { usual_gap_days: gap, days_silent: silent } = profile;
  const sentence = () => {
    if (silent === null) return t("noOrders");
    if (gap == null) return t("silentOnly");
    if (silent <= gap) return t("inRhythm", { gap: number(gap) });
    return t("outOfRhythm", { gap: number(gap), times: number(silent / Math.max(gap, 1), 1) });
  };
  const day = (value: string | null | undefined) => (value ? date(value) : MISSING);
  return (
    <Panel title={t("rhythm")}>
      <p className={`${styles.big} numbers`}>{silent === null ? MISSING : t("days", { count: silent })}</p>
      <p className={styles.sentence}>{sentence()}</p>
      {silent !== null && gap != null && <RhythmPicture gap={gap} silent={silent} />}
      <div className={styles.facts}>
        <Facts
          facts={[
            { name: t("column_first_order_at"), value: day(profile.first_order_at) },
            { name: t("column_last_order_at"), value: day(profile.last_order_at) },
            { name: t("column_next_order_at"), value: day(profile.next_order_at) },
            { name: t("within90"), value: profile.probability_of_order_90 == null ? MISSING : share(profile.probability_of_order_90) },
          ]}
        />
      </div>
    </Panel>
  );
}
