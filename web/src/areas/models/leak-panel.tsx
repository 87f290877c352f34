import { CheckCircleFilled, WarningFilled } from "@ant-design/icons";

import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { Panel } from "../../ui/panel";
import { type ModelPage } from "./api";
import styles from "./models.module.css";
import { useWords } from "./words";

interface Props {
  audit: ModelPage["leak_audit"];
  signOff: ModelPage["sign_off"];
}

/** Did anything among the lessons know the outcome? */
export function LeakPanel({ audit, signOff }: Props) {
  const t = useWords();
  const say = useSay();
  const { date } = useFormat();
  return (
    <Panel title={t("leaks")} hint={t("leaksHint")}>
      {!audit && <p className="quiet">{t("noAudit")}</p>}
      <ul className={styles.gates}>
        {audit?.checks.map(({ check, passed, text }) => (
          <li key={check}>
            {passed ? <CheckCircleFilled className={styles.passed} aria-label={t("passed")} /> : <WarningFilled className={styles.missed} aria-label={t("missed")} />}
            <p>{say(text)}</p>
          </li>
        ))}
      </ul>
      {signOff && <p className={styles.signOff}>{t("signedOffBy", { by: signOff.by, date: date(signOff.at), why: signOff.why })}</p>}
    </Panel>
  );
}
