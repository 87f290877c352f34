import { Button, Modal, Tabs } from "antd";

import { type NewWriteKey } from "./api";
import { Copied } from "./copied";
import { LINES, LINES_OF } from "./lines";
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
  const items = LINES_OF[made.kind].map((name) => [name, LINES[name]] as const).map(([name, { label, lines }]) => ({
    key: name,
    label,
    children: <Copied text={lines(window.location.origin, made.secret)} block />,
  }));
  return (
    <Modal open width={680} title={t("secretTitle", { name: made.name })} footer={done} mask={{ closable: false }} onCancel={onClose}>
      <div className={styles.secret}>
        <p>{t(`secretDetail_${made.kind}`)}</p>
        <Copied text={made.secret} />
        <h3>{t("install")}</h3>
        <Tabs size="small" items={items} className={styles.lines} />
      </div>
    </Modal>
  );
}
