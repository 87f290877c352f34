import { FallOutlined, RiseOutlined } from "@ant-design/icons";
import { Link } from "@tanstack/react-router";

import { useSay } from "../../i18n/text";
import { verdictOf } from "../../ui/change";
import { Panel } from "../../ui/panel";
import { type Overview, type OverviewCard } from "./api";
import styles from "./overview.module.css";
import { useWords } from "./words";

/** What moved, in sentences; each leads to its metric. */
export function ChangeList({ overview: { changes, cards } }: { overview: Overview }) {
  const t = useWords();
  const say = useSay();
  return (
    <Panel title={t("changed")} hint={t("changedHint")}>
      {changes.length === 0 && <p className="quiet">{t("unchanged")}</p>}
      <ul className={styles.list}>
        {changes.map((change) => (
          <li key={change.metric + change.text.en}>
            <Link to="/metrics" search={{ metric: change.metric }} className={styles.change}>
              <Direction card={cards.find(({ metric }) => metric === change.metric)} />
              {say(change.text)}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Up or down, in the colour of whether that is good. */
function Direction({ card }: { card: OverviewCard | undefined }) {
  const moved = (card?.value ?? 0) - (card?.previous ?? 0);
  const verdict = verdictOf(moved, card?.better ?? "none");
  return (
    <span className={`${styles.icon} ${styles[verdict]}`} aria-hidden="true">
      {moved < 0 ? <FallOutlined /> : <RiseOutlined />}
    </span>
  );
}
