import { type CSSProperties } from "react";

import styles from "./waterfall-chart.module.css";

export interface Fall {
  name: string;
  /** What lies behind the step, in words. */
  note?: string;
  from: number;
  to: number;
  text: string;
  /** A level that is reached, not a step on the way. */
  level?: boolean;
}

/** From one level to another, step by step: each bar begins where the one before ended. A list, so it reads without a picture. */
export function WaterfallChart({ label, steps }: { label: string; steps: readonly Fall[] }) {
  const top = Math.max(...steps.flatMap(({ from, to }) => [from, to]), Number.EPSILON);
  return (
    <ol className={styles.waterfall} aria-label={label}>
      {steps.map(({ name, note, from, to, text, level }) => {
        const place = { "--from": `${(Math.min(from, to) / top) * 100}%`, "--width": `${(Math.abs(to - from) / top) * 100}%` } as CSSProperties;
        return (
          <li key={name} className={level ? styles.level : undefined}>
            <span className={styles.words}>
              <span>{name}</span>
              <b className="numbers">{text}</b>
            </span>
            <span className={styles.track} aria-hidden="true">
              <span className={level ? styles.reached : to > from ? styles.up : styles.down} style={place} />
            </span>
            {note && <span className={styles.note}>{note}</span>}
          </li>
        );
      })}
    </ol>
  );
}
