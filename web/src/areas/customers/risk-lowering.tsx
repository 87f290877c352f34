import { useQuery } from "@tanstack/react-query";

import { useSay } from "../../i18n/text";
import { Change } from "../../ui/change";
import { Loaded } from "../../ui/loaded";
import { Placeholder } from "../../ui/placeholder";
import { type Lowering, loweringQuery } from "./api";
import styles from "./risk-story.module.css";
import { usePoints } from "./use-points";
import { useShare } from "./use-share";
import { useWords } from "./words";

/** What the risk would read if one thing stood where it usually stands here. */
export function RiskLowering({ id }: { id: string }) {
  const t = useWords();
  return (
    <div>
      <h3 className={styles.title}>{t("lowering")}</h3>
      <Loaded query={useQuery(loweringQuery(id))} skeleton={<Placeholder height={150} />}>
        {(found) =>
          found.length === 0 ? (
            <p className="quiet">{t("nothingLowers")}</p>
          ) : (
            <>
              <p className={styles.hint}>{t("loweringHint")}</p>
              <Lines lowering={found} />
            </>
          )
        }
      </Loaded>
    </div>
  );
}

function Lines({ lowering }: { lowering: Lowering[] }) {
  const t = useWords();
  const say = useSay();
  const share = useShare();
  const points = usePoints();
  return (
    <ul className={styles.list} aria-label={t("lowering")}>
      {lowering.map(({ factor, label, risk, change }) => (
        <li key={factor}>
          <span>{say(label)}</span>
          <span className={styles.figures}>
            <Change moved={change} better="down" text={points(change)} />
            <b className="numbers">{share(risk)}</b>
          </span>
        </li>
      ))}
    </ul>
  );
}
