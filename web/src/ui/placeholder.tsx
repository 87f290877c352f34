import styles from "./placeholder.module.css";
import { useWords } from "./words";

/** A quiet block that holds the place of something still loading. */
export function Placeholder({ height }: { height: number }) {
  const t = useWords();
  return (
    <div className={styles.block} style={{ height }} role="status">
      <span className="visually-hidden">{t("loading")}</span>
    </div>
  );
}
