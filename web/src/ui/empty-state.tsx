import { type ReactNode } from "react";

import styles from "./state.module.css";

interface Props {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

/** Nothing to show yet, why, and the next step. */
export function EmptyState({ title, children, action }: Props) {
  return (
    <div className={styles.state}>
      <svg width="88" height="64" viewBox="0 0 88 64" aria-hidden="true">
        <rect x="6" y="34" width="12" height="24" rx="4" fill="var(--t-accentSoft)" />
        <rect x="26" y="24" width="12" height="34" rx="4" fill="var(--t-accentSoft)" />
        <rect x="46" y="40" width="12" height="18" rx="4" fill="var(--t-accentSoft)" />
        <path d="M8 26c16-18 30 8 44-6 6-6 12-12 26-12" fill="none" stroke="var(--t-accent)" strokeWidth="2.5" strokeLinecap="round" strokeDasharray="1 7" />
        <circle cx="78" cy="8" r="5" fill="var(--t-risk)" opacity="0.75" />
      </svg>
      <h2 className={styles.title}>{title}</h2>
      {children && <div className={styles.words}>{children}</div>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}
