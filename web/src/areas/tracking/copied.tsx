import { CopyOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useRef } from "react";

import styles from "./tracking.module.css";
import { useWords } from "./words";

/** A text to take along, with a button that copies it. */
export function Copied({ text, block = false }: { text: string; block?: boolean }) {
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
