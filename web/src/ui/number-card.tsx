import { type ReactNode } from "react";

import { type Better, Change } from "./change";
import { type Definition, DefinitionPopover } from "./definition-popover";
import styles from "./number-card.module.css";
import { useWords } from "./words";

interface Props {
  label: string;
  /** Already formatted: this card knows no units. */
  value: string;
  /** The value is words, not a number: set smaller. */
  wordy?: boolean;
  interval?: { low: string; high: string };
  /** Left out when there is nothing earlier; null when comparing makes no sense. */
  change?: { moved: number; better: Better; text: string; comparedWith: string } | null;
  definition?: Definition;
  footer?: ReactNode;
}

/** One number that matters: its value, how sure we are, how it moved, and what it means one click away. */
export function NumberCard({ label, value, wordy = false, interval, change, definition, footer }: Props) {
  const t = useWords();
  return (
    <article className={styles.card} aria-label={label}>
      <div className={styles.head}>
        <h2 className={styles.label}>{label}</h2>
        {definition && <DefinitionPopover definition={definition} />}
      </div>
      <p className={`${styles.value} ${wordy ? styles.wordy : ""} numbers`}>{value}</p>
      {interval && <p className={`${styles.interval} numbers`}>{t("interval", interval)}</p>}
      {change !== null && (
        <p className={styles.change}>
          {change ? <Change moved={change.moved} better={change.better} text={change.text} /> : t("noComparison")}
          {change && <span>{change.comparedWith}</span>}
        </p>
      )}
      {footer}
    </article>
  );
}
