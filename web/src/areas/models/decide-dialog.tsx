import { Input, Modal } from "antd";
import { useState } from "react";

import { ProblemNote } from "../../ui/problem-note";
import { usePromote, useSignOff } from "./api";
import styles from "./models.module.css";
import { useWords } from "./words";

interface Props {
  what: "promote" | "sign_off";
  version: string;
  onClose: () => void;
}

const SHORTEST = 3;

/** A decision needs a reason; both are kept. */
export function DecideDialog({ what, version, onClose }: Props) {
  const t = useWords();
  const [why, setWhy] = useState("");
  const promote = usePromote(version);
  const signOff = useSignOff(version);
  const act = what === "promote" ? promote : signOff;
  return (
    <Modal
      open
      title={t(`do_${what}`)}
      okText={t(`do_${what}`)}
      okButtonProps={{ disabled: why.trim().length < SHORTEST }}
      cancelText={t("cancel")}
      confirmLoading={act.isPending}
      onCancel={onClose}
      onOk={() => act.mutate(why.trim(), { onSuccess: onClose })}
    >
      <div className={styles.dialog}>
        <p>{t(`meaning_${what}`)}</p>
        {act.error && <ProblemNote error={act.error} />}
        <Input.TextArea aria-label={t("why")} placeholder={t("why")} rows={3} maxLength={1000} value={why} onChange={({ target }) => setWhy(target.value)} />
      </div>
    </Modal>
  );
}
