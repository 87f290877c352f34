import { ArrowDownOutlined, ArrowUpOutlined } from "@ant-design/icons";

import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { Panel } from "../../ui/panel";
import { type Profile } from "./api";
import styles from "./customer-page.module.css";
import { ModelNote } from "./model-note";
import { useShare } from "./use-share";
import { useWords } from "./words";

/** How likely they leave, how sure we are, and what speaks for and against it. */
export function RiskPanel({ profile }: { profile: Profile }) {
  const t = useWords();
  const say = useSay();
  const share = useShare();
  const { churn_risk: risk, churn_risk_low: low, churn_risk_high: high, risk_meaning: meaning, reasons } = profile;
  return (
    <Panel title={t("risk")} extra={profile.model && <ModelNote id={profile.id} model={profile.model} />}>
      {risk == null ? (
        <p className="quiet">{t("notScored")}</p>
      ) : (
        <>
          <p className={`${styles.big} numbers`}>{share(risk)}</p>
          <p className={styles.sentence}>{t("riskSentence", { share: share(risk) })}</p>
          {low != null && high != null && share(low) !== share(high) && <p className={styles.interval}>{t("between", { low: share(low), high: share(high) })}</p>}
          {meaning && <p className={styles.interval}>{say(meaning)}</p>}
          <Scale risk={risk} low={low} high={high} />
        </>
      )}
      {reasons.length > 0 && (
        <>
          <p className={styles.heading}>{t("why")}</p>
          <ul className={styles.reasons}>
            {reasons.map(({ factor, effect, text }) => (
              <li key={factor}>
                {effect >= 0 ? <ArrowUpOutlined className={styles.toward} aria-label={t("raises")} /> : <ArrowDownOutlined className={styles.against} aria-label={t("lowers")} />}
                <span>{say(text)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

/** The probability and its interval on a line from nobody to everybody. */
function Scale({ risk, low, high }: { risk: number; low: number | null | undefined; high: number | null | undefined }) {
  const { percent } = useFormat();
  return (
    <div aria-hidden="true">
      <div className={styles.scale}>
        {low != null && high != null && <span className={styles.likely} style={{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }} />}
        <span className={styles.point} style={{ left: `${risk * 100}%` }} />
      </div>
      <div className={`${styles.ends} numbers`}>
        <span>{percent(0, 0)}</span>
        <span>{percent(1, 0)}</span>
      </div>
    </div>
  );
}
