import { useFormat } from "../../lib/use-format";
import { type ImportCounts } from "./api";
import styles from "./imports.module.css";
import { useWords } from "./words";

const ALWAYS = ["rows", "inserted", "updated", "unchanged", "bad"] as const;
const IF_ANY = ["anonymous", "returns"] as const;

/** The numbers of an import, side by side. */
export function Counts({ counts }: { counts: ImportCounts }) {
  const t = useWords();
  const { number } = useFormat();
  const shown = [...ALWAYS, ...IF_ANY.filter((name) => counts[name] > 0)];
  return (
    <dl className={`${styles.counts} numbers`}>
      {shown.map((name) => (
        <div key={name} className={name === "bad" && counts.bad > 0 ? styles.bad : undefined}>
          <dt>{t(`count_${name}`)}</dt>
          <dd>{number(counts[name])}</dd>
        </div>
      ))}
    </dl>
  );
}
