import { Input, Modal } from "antd";
import { useState } from "react";

import { ProblemNote } from "../../ui/problem-note";
import styles from "./alerts.module.css";
import { type AlertDetail, useEscalate, useNote } from "./api";
import { useWords } from "./words";

interface Props {
  kind: "note" | "escalate";
  alert: AlertDetail;
  onClose: () => void;
}

/** A few words: a note for colleagues, or why an alert goes to those above. */
export function WordsDialog({ kind, alert, onClose }: Props) {
  const t = useWords();
  const [text, setText] = useState("");
  const note = useNote(alert.id);
  const escalate = useEscalate(alert.id);
  const act = kind === "note" ? note : escalate;
  return (
    <Modal
      open
      title={t(`title_${kind}`)}
      okText={t(kind)}
      okButtonProps={{ disabled: kind === "note" && text.trim() === "" }}
      cancelText={t("cancel")}
      confirmLoading={act.isPending}
      onCancel={onClose}
      onOk={() => act.mutate(text.trim(), { onSuccess: onClose })}
    >
      <div className={styles.dialog}>
        {act.error && <ProblemNote error={act.error} />}
        <Input.TextArea aria-label={t(`title_${kind}`)} placeholder={t(`hint_${kind}`)} rows={4} maxLength={2000} value={text} onChange={({ target }) => setText(target.value)} />
      </div>
    </Modal>
  );
}
