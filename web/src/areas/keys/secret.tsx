import { CopyOutlined } from "@ant-design/icons";
import { App, Button, Modal } from "antd";
import { useRef } from "react";

import { type NewKey } from "./api";
import styles from "./keys.module.css";
import { useWords } from "./words";

/** The secret, this once. */
export function Secret({ made, onClose }: { made: NewKey; onClose: () => void }) {
  const t = useWords();
  const { message } = App.useApp();
  const place = useRef<HTMLElement>(null);
  const copy = async () => {
    if (await copied(made.secret)) {
      void message.success(t("copied"));
      return;
    }
    // Without a safe address the browser forbids copying; then the secret is at least marked.
    if (place.current) window.getSelection()?.selectAllChildren(place.current);
    void message.info(t("copyByHand"));
  };
  const done = (
    <Button type="primary" onClick={onClose}>
      {t("stored")}
    </Button>
  );
  return (
    <Modal open title={t("secretTitle", { name: made.name })} footer={done} mask={{ closable: false }} onCancel={onClose}>
      <div className={styles.secret}>
        <p>{t("secretDetail")}</p>
        <code ref={place}>{made.secret}</code>
        <Button icon={<CopyOutlined />} onClick={() => void copy()}>
          {t("copy")}
        </Button>
        <p className="quiet">{t("usage")}</p>
      </div>
    </Modal>
  );
}

async function copied(text: string): Promise<boolean> {
  if (!window.isSecureContext) return false;
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}
