import { Input, Modal, Radio } from "antd";
import { useState } from "react";

import { ProblemNote } from "../../ui/problem-note";
import styles from "./alerts.module.css";
import { type AlertDetail, type Outcome, useResolve } from "./api";
import { useWords } from "./words";

const OUTCOMES: readonly Outcome[] = ["saved", "left", "false_alarm", "no_answer", "other"];

interface Props {
  alert: AlertDetail;
  onClose: () => void;
}

/** How it ended; the outcomes tell how good each signal is. */
export function ResolveDialog({ alert, onClose }: Props) {
  const t = useWords();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [text, setText] = useState("");
  const resolve = useResolve(alert.id);
  return (
    <Modal
      open
      title={t("resolveTitle")}
      okText={t("resolve")}
      okButtonProps={{ disabled: outcome === null }}
      cancelText={t("cancel")}
      confirmLoading={resolve.isPending}
      onCancel={onClose}
      onOk={() => {
        if (outcome) resolve.mutate({ outcome, text: text.trim() || null }, { onSuccess: onClose });
      }}
    >
      <div className={styles.dialog}>
        <p className="quiet">{t("resolveHint")}</p>
        {resolve.error && <ProblemNote error={resolve.error} />}
        <Radio.Group
          vertical
          aria-label={t("resolveTitle")}
          value={outcome}
          options={OUTCOMES.map((value) => ({ value, label: t(`outcome_${value}`) }))}
          onChange={({ target }) => setOutcome(target.value as Outcome)}
        />
        <Input.TextArea aria-label={t("remark")} placeholder={t("remark")} rows={3} maxLength={2000} value={text} onChange={({ target }) => setText(target.value)} />
      </div>
    </Modal>
  );
}
