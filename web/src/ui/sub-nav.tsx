import { type ReactNode } from "react";

import styles from "./sub-nav.module.css";

/** Pages that belong together, one step below the navigation; the links themselves come from who knows the addresses. */
export function SubNav({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav aria-label={label} className={styles.nav}>
      {children}
    </nav>
  );
}
