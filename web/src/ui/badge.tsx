import { type ReactNode } from "react";

import styles from "./badge.module.css";

export type Tone = "accent" | "risk" | "warn" | "plain";

/** A small word in a pill; the tone repeats what the word already says. */
export function Badge({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`${styles.badge} ${styles[tone]}`}>{children}</span>;
}
