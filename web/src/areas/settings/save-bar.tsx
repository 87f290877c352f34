import { Button } from "antd";

import { ProblemNote } from "../../ui/problem-note";
import styles from "./settings.module.css";
import { type useSave } from "./use-save";
import { useWords } from "./words";

interface Props {
  saving: ReturnType<typeof useSave>;
  changed: boolean;
  onSave: () => void;
}

/** The end of a form: save it, or why it was refused, or why it cannot be changed. */
export function SaveBar({ saving, changed, onSave }: Props) {
  const t = useWords();
  if (!saving.may) return <p className={`quiet ${styles.bar}`}>{t("readOnly")}</p>;
  return (
    <div className={styles.bar}>
      {saving.error && <ProblemNote error={saving.error} />}
      <Button type="primary" disabled={!changed} loading={saving.saving} onClick={onSave}>
        {t("save")}
      </Button>
    </div>
  );
}
