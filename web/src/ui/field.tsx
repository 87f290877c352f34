import { type ReactNode } from "react";

import styles from "./field.module.css";

/** A control with its label above, for rows of filters. The label is bound by wrapping. */
export function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.field} role="group" aria-label={label}>
      <span className={styles.label} aria-hidden="true">
        {label}
      </span>
      {children}
    </div>
  );
}
