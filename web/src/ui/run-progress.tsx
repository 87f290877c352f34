import { App, Button, Progress } from "antd";

import styles from "./run-progress.module.css";
import { useComplain } from "./use-complain";
import { useWords } from "./words";

interface Props {
  /** What is being done just now, in words. */
  step: string;
  /** From 0 to 1. */
  share: number;
  /** How to stop it; null for whoever may not. */
  cancel: { cancelling: boolean; ask: () => Promise<unknown> } | null;
}

/** How far long work is, and a way to stop it once one has said so twice. */
export function RunProgress({ step, share, cancel }: Props) {
  const t = useWords();
  const { modal } = App.useApp();
  const complain = useComplain();
  const said = cancel?.cancelling ? t("cancelling") : step;
  const confirm = () =>
    void modal.confirm({
      title: t("cancelTitle"),
      content: t("cancelDetail"),
      okText: t("cancelConfirm"),
      okButtonProps: { danger: true },
      cancelText: t("cancelNot"),
      onOk: () => cancel?.ask().catch(complain),
    });
  return (
    <div className={styles.run}>
      <div className={styles.progress}>
        <span aria-live="polite">{said}</span>
        <Progress percent={Math.round(share * 100)} size="small" showInfo={false} aria-label={said} />
      </div>
      {cancel && (
        <Button size="small" disabled={cancel.cancelling} onClick={confirm}>
          {t("cancelRun")}
        </Button>
      )}
    </div>
  );
}
