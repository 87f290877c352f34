import { CopyOutlined } from "@ant-design/icons";
import { App, Button, Modal, Tabs } from "antd";
import { useRef } from "react";

import { type NewWriteKey } from "./api";
import { LINES } from "./lines";
import styles from "./tracking.module.css";
import { useWords } from "./words";

/** The key, this once, and what to paste so that events arrive. */
export function Install({ made, onClose }: { made: NewWriteKey; onClose: () => void }) {
  const t = useWords();
  const done = (
    <Button type="primary" onClick={onClose}>
      {t("stored")}
    </Button>
  );
  const items = Object.entries(LINES).map(([name, { label, lines }]) => ({
    key: name,
    label,
    children: <Copied text={lines(window.location.origin, made.secret)} block />,
  }));
  return (
    <Modal open width={680} title={t("secretTitle", { name: made.name })} footer={done} mask={{ closable: false }} onCancel={onClose}>
      <div className={styles.secret}>
        <p>{t("secretDetail")}</p>
        <Copied text={made.secret} />
        <h3>{t("install")}</h3>
        <Tabs size="small" items={items} className={styles.lines} />
      </div>
    </Modal>
  );
}

function Copied({ text, block = false }: { text: string; block?: boolean }) {
  const t = useWords();
  const { message } = App.useApp();
  const place = useRef<HTMLPreElement>(null);
  const copy = async () => {
    const copied = window.isSecureContext && (await navigator.clipboard.writeText(text).then(() => true, () => false));
    if (copied) {
      void message.success(t("copied"));
      return;
    }
    // Without a safe address the browser forbids copying; then the text is at least marked.
    if (place.current) window.getSelection()?.selectAllChildren(place.current);
    void message.info(t("copyByHand"));
  };
  return (
    <div className={styles.copied}>
      <pre ref={place} data-block={block || undefined} tabIndex={0}>
        {text}
      </pre>
      <Button size="small" icon={<CopyOutlined />} onClick={() => void copy()}>
        {t("copy")}
      </Button>
    </div>
  );
}
