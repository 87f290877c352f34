import styles from "./meter.module.css";

interface Props {
  /** Between 0 and 1. */
  share: number;
  text: string;
  tone?: "accent" | "risk";
}

/** A share as a short bar beside its number. */
export function Meter({ share, text, tone = "accent" }: Props) {
  return (
    <span className={styles.meter}>
      <span className={styles.track} aria-hidden="true">
        <span className={`${styles.fill} ${styles[tone]}`} style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }} />
      </span>
      <span className="numbers">{text}</span>
    </span>
  );
}
