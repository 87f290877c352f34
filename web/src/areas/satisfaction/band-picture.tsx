import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { type ScoreBand, type ScoreKind } from "./api";
import styles from "./satisfaction.module.css";
import { useWords } from "./words";

/** The share that stayed in each band of the scale, with its interval; all on one line from nobody to everybody. */
export function BandPicture({ kind }: { kind: ScoreKind }) {
  const { percent } = useFormat();
  return (
    <div>
      <ul className={styles.bands}>
        {[...kind.bands].reverse().map((band) => (
          <Band key={band.name} band={band} />
        ))}
      </ul>
      <div className={`${styles.ends} numbers`} aria-hidden="true">
        <span>{percent(0, 0)}</span>
        <span>{percent(1, 0)}</span>
      </div>
    </div>
  );
}

function Band({ band }: { band: ScoreBand }) {
  const t = useWords();
  const say = useSay();
  const { number, percent } = useFormat();
  const { share, low, high, low_score, high_score } = band;
  const known = share != null && low != null && high != null;
  const name = t(low_score === high_score ? "point" : "range", { label: say(band.label), low: number(low_score), high: number(high_score) });
  return (
    <li>
      <p className={styles.bandName}>
        <span>{name}</span>
        <span className="numbers">{known ? t("bandText", { share: percent(share), n: number(band.n), low: percent(low), high: percent(high) }) : t("bandNobody")}</span>
      </p>
      <div className={styles.track} aria-hidden="true">
        {known && (
          <>
            <span className={`${styles.share} ${styles[band.name]}`} style={{ width: `${share * 100}%` }} />
            <span className={styles.interval} style={{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }} />
          </>
        )}
      </div>
    </li>
  );
}
