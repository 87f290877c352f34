import { FallOutlined, RiseOutlined } from "@ant-design/icons";
import { Link } from "@tanstack/react-router";

import { useSay } from "../../i18n/text";
import { Panel } from "../../ui/panel";
import { type Overview } from "./api";
import styles from "./overview.module.css";
import { useWords } from "./words";

/** What moved, in sentences; each leads to its metric. */
export function ChangeList({ changes }: { changes: Overview["changes"] }) {
  const t = useWords();
  const say = useSay();
  return (
    <Panel title={t("changed")} hint={t("changedHint")}>
      {changes.length === 0 && <p className="quiet">{t("unchanged")}</p>}
      <ul className={styles.list}>
        {changes.map((change) => (
          <li key={change.metric + change.text.en}>
            <Link to="/metrics" search={{ metric: change.metric }} className={styles.change}>
              <span className={styles.icon} aria-hidden="true">
                {change.better === "down" ? <FallOutlined /> : <RiseOutlined />}
              </span>
              {say(change.text)}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
