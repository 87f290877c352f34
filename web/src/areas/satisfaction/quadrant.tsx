import { useFormat } from "../../lib/use-format";
import { type ScoreBand, type ScoreKind } from "./api";
import styles from "./satisfaction.module.css";
import { useWords } from "./words";

/** Four squares: what they said against what they did. Those who contradict their word stand out. */
export function Quadrant({ kind }: { kind: ScoreKind }) {
  const t = useWords();
  const high = kind.bands.find(({ name }) => name === "high");
  const low = kind.bands.find(({ name }) => name === "low");
  if (!high || !low) return null;
  const cells = [
    { band: "high", deed: "stayed", count: high.stayed, tone: "agrees" },
    { band: "high", deed: "left", count: gone(high), tone: "risk" },
    { band: "low", deed: "stayed", count: low.stayed, tone: "warn" },
    { band: "low", deed: "left", count: gone(low), tone: "agrees" },
  ] as const;
  const all = Math.max(high.n + low.n, 1);
  return (
    <dl className={styles.quadrant}>
      {cells.map(({ band, deed, count, tone }) => (
        <Cell key={band + deed} label={t("cell", { band: t(band), deed: t(deed) })} count={count} share={count / all} tone={tone} />
      ))}
    </dl>
  );
}

const gone = (band: ScoreBand) => band.n - band.stayed;

interface CellProps {
  label: string;
  count: number;
  share: number;
  tone: "agrees" | "risk" | "warn";
}

function Cell({ label, count, share, tone }: CellProps) {
  const { number, percent } = useFormat();
  return (
    <div className={`${styles.cell} ${styles[tone]}`}>
      <dt>{label}</dt>
      <dd className="numbers">
        {number(count)} <small>{percent(share)}</small>
      </dd>
    </div>
  );
}
