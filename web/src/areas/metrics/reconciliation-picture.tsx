import { useFormat } from "../../lib/use-format";
import { type ReconciliationRow } from "./api";
import styles from "./reconciliation-picture.module.css";
import { useWords } from "./words";

type Part = "R" | "L" | "N" | "X";

/** Two bars on one scale: who was there at the start, who at the end. The retained stand exactly above themselves. */
export function ReconciliationPicture({ row }: { row: ReconciliationRow }) {
  const widest = Math.max(row.S, row.E, 1);
  return (
    <div className={styles.picture}>
      <Bar whole="S" parts={["R", "L"]} row={row} widest={widest} />
      <div className={styles.bridge} style={{ width: `${(row.R / widest) * 100}%` }} aria-hidden="true" />
      <Bar whole="E" parts={["R", "N", "X"]} row={row} widest={widest} />
      <Legend row={row} />
    </div>
  );
}

interface BarProps {
  whole: "S" | "E";
  parts: readonly Part[];
  row: ReconciliationRow;
  widest: number;
}

function Bar({ whole, parts, row, widest }: BarProps) {
  const t = useWords();
  const { number } = useFormat();
  return (
    <div>
      <p className={styles.whole}>
        <span className="quiet">
          {whole} · {t(whole)}
        </span>{" "}
        <b className="numbers">{number(row[whole])}</b>
      </p>
      <div className={styles.bar} aria-hidden="true">
        {parts.map((part) => (
          <span key={part} className={`${styles.part} ${styles[part]}`} style={{ width: `${(row[part] / widest) * 100}%` }}>
            {row[part] / widest > 0.05 && part}
          </span>
        ))}
      </div>
    </div>
  );
}

function Legend({ row }: { row: ReconciliationRow }) {
  const t = useWords();
  const { number } = useFormat();
  return (
    <dl className={styles.legend}>
      {(["R", "L", "N", "X"] as const).map((part) => (
        <div key={part}>
          <dt>
            <span className={`${styles.dot} ${styles[part]}`} aria-hidden="true" />
            {part} · {t(part)}
          </dt>
          <dd className="numbers">{number(row[part])}</dd>
        </div>
      ))}
    </dl>
  );
}
