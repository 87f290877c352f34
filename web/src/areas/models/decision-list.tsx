import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { type Decision } from "./api";
import styles from "./models.module.css";
import { useWords } from "./words";

/** What was decided about which model scores, by whom or by which rule, the newest first. */
export function DecisionList({ decisions }: { decisions: readonly Decision[] }) {
  const t = useWords();
  const say = useSay();
  const { dateTime } = useFormat();
  if (decisions.length === 0) return <p className="quiet">{t("noDecisions")}</p>;
  return (
    <ol className={styles.decisions}>
      {decisions.map((one) => (
        <li key={one.id}>
          <p>
            <b>{t(`decision_${one.decision}`)}</b> {one.version && <span className="numbers">{one.version}</span>}
          </p>
          {one.reasons.map((reason) => (
            <p key={reason.en}>{say(reason)}</p>
          ))}
          <p className="quiet numbers">
            {dateTime(one.at)} · {one.by_rule ? t("byRule") : one.actor}
          </p>
        </li>
      ))}
    </ol>
  );
}
