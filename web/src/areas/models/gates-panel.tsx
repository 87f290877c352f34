import { CheckCircleFilled, CloseCircleFilled } from "@ant-design/icons";

import { useSay } from "../../i18n/text";
import { Panel } from "../../ui/panel";
import { type ModelPage } from "./api";
import styles from "./models.module.css";
import { useWords } from "./words";

/** What a model must show before it may score, and whether this one did. */
export function GatesPanel({ gates }: { gates: ModelPage["gates"] }) {
  const t = useWords();
  const say = useSay();
  return (
    <Panel title={t("gates")} hint={t("gatesHint")}>
      <ul className={styles.gates}>
        {gates.map(({ name, passed, text }) => (
          <li key={name}>
            {passed ? <CheckCircleFilled className={styles.passed} aria-label={t("passed")} /> : <CloseCircleFilled className={styles.missed} aria-label={t("missed")} />}
            <div>
              <b>{t(`gate_${name}`)}</b>
              <p>{say(text)}</p>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
