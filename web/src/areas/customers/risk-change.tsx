import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { Change } from "../../ui/change";
import { type Risk } from "./api";
import styles from "./risk-story.module.css";
import { usePoints } from "./use-points";
import { useShare } from "./use-share";
import { useWords } from "./words";

const SMALLEST = 0.0005; // of a chance: less is not worth a line of its own
const MOST = 6;

/** What moved the risk since the scoring before; the parts add up to the move. */
export function RiskChange({ change }: { change: Risk["change"] }) {
  const t = useWords();
  const say = useSay();
  const share = useShare();
  const points = usePoints();
  const { date } = useFormat();
  if (change === null) {
    return (
      <div>
        <h3 className={styles.title}>{t("sinceLast")}</h3>
        <p className="quiet">{t("firstScore")}</p>
      </div>
    );
  }
  const { since, before, after, parts, model_changed: changed } = change;
  const told = parts.filter((part) => Math.abs(part.change) >= SMALLEST).toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change));
  const small = parts.reduce((sum, part) => sum + part.change, 0) - told.slice(0, MOST).reduce((sum, part) => sum + part.change, 0);
  return (
    <div>
      <h3 className={styles.title}>{t("movedSince", { date: date(since) })}</h3>
      <p className={styles.moved}>
        {t("fromTo", { before: share(before), after: share(after) })} {Math.abs(after - before) < SMALLEST ? t("unchanged") : <Change moved={after - before} better="down" text={points(after - before)} />}
      </p>
      <ul className={styles.list} aria-label={t("movedSince", { date: date(since) })}>
        {told.slice(0, MOST).map((part) => (
          <li key={part.factor}>
            <span>{say(part.label)}</span>
            <Change moved={part.change} better="down" text={points(part.change)} />
          </li>
        ))}
        {Math.abs(small) >= SMALLEST && (
          <li>
            <span>{t("everythingElse")}</span>
            <Change moved={small} better="down" text={points(small)} />
          </li>
        )}
      </ul>
      {changed && <p className={styles.hint}>{t("modelChanged")}</p>}
    </div>
  );
}
