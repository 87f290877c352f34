import { Button } from "antd";

import { type Language } from "../i18n/i18next";
import { useLanguage } from "../i18n/use-language";
import styles from "./state.module.css";
import { useWords } from "./words";

/** An error that can say in a language what happened and what helps. */
export interface Describable {
  describe(language: Language): { title: string; detail: string; remedy: string | null };
}

interface Props {
  error: unknown;
  onRetry?: () => void;
}

/** What went wrong, what helps, and a way to try again. */
export function ErrorState({ error, onRetry }: Props) {
  const t = useWords();
  const { title, detail, remedy } = useDescription(error);
  return (
    <div className={styles.state} role="alert">
      <span className={styles.bang} aria-hidden="true">
        !
      </span>
      <h2 className={styles.title}>{title}</h2>
      <div className={styles.words}>
        <p>{detail}</p>
        {remedy && <p>{remedy}</p>}
      </div>
      {onRetry && (
        <div className={styles.action}>
          <Button onClick={onRetry}>{t("retry")}</Button>
        </div>
      )}
    </div>
  );
}

/** The words of any error; one of our own making says more than a stranger's. */
export function useDescription(error: unknown): { title: string; detail: string; remedy: string | null } {
  const t = useWords();
  const language = useLanguage();
  if (isDescribable(error)) return error.describe(language);
  return { title: t("failed"), detail: t("failedDetail"), remedy: null };
}

export function isDescribable(error: unknown): error is Describable {
  return typeof error === "object" && error !== null && "describe" in error && typeof error.describe === "function";
}
