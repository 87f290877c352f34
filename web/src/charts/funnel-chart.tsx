import styles from "./funnel-chart.module.css";

export interface Step {
  name: string;
  share: number;
  text: string;
  /** A rival or a backdrop, not the thing itself. */
  quiet?: boolean;
}

/** How many get how far: each step as a share of the first. A list, so it reads without a picture. */
export function FunnelChart({ label, steps }: { label: string; steps: readonly Step[] }) {
  return (
    <ol className={styles.funnel} aria-label={label}>
      {steps.map(({ name, share, text, quiet }) => (
        <li key={name}>
          <span className={styles.words}>
            <span>{name}</span>
            <b className="numbers">{text}</b>
          </span>
          <span className={styles.track} aria-hidden="true">
            <span className={quiet ? styles.pale : styles.fill} style={{ width: `${share * 100}%` }} />
          </span>
        </li>
      ))}
    </ol>
  );
}
