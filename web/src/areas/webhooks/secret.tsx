import { CopyOutlined } from "@ant-design/icons";
import { App, Button, Modal } from "antd";
import { useRef } from "react";

import { useWords } from "./words";
import styles from "./webhooks.module.css";

/** The signing secret, this once. */
export function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const t = useWords();
  const { message } = App.useApp();
  const place = useRef<HTMLElement>(null);
  const copy = async () => {
    const done = window.isSecureContext && (await navigator.clipboard.writeText(secret).then(() => true, () => false)); // prettier-ignore
    if (!done && place.current) window.getSelection()?.selectAllChildren(place.current);
    void (done ? message.success(t("copied")) : message.info(t("copyByHand")));
  };
  const stored = (
    <Button type="primary" onClick={onClose}>
      {t("stored")}
    </Button>
  );
  return (
    <Modal open title={t("secretTitle")} footer={stored} mask={{ closable: false }} onCancel={onClose}>
      <div className={styles.secret}>
        <p>{t("secretDetail")}</p>
        <code ref={place}>{secret}</code>
        <Button icon={<CopyOutlined />} onClick={() => void copy()}>
          {t("copy")}
        </Button>
      </div>
    </Modal>
  );
}
