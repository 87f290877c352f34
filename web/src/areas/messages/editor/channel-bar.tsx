import { PlusOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";

import { useContactNames } from "../../../lib/contact/names";
import { type Fault } from "../api";
import { channelsOf, type Draft } from "../draft";
import styles from "../messages.module.css";
import { type MessageSearch } from "../search";
import { useWords } from "../words";

const WRITTEN = ["email", "sms", "wecom", "in_app", "push", "webhook"] as const;

interface Props {
  draft: Draft;
  channel: string;
  faults: readonly Fault[];
  may: boolean;
  onGo: (part: MessageSearch) => void;
  onAdd: (channel: string) => void;
}

/** The channels the message speaks on. */
export function ChannelBar({ draft, channel, faults, may, onGo, onAdd }: Props) {
  const t = useWords();
  const names = useContactNames();
  const channels = channelsOf(draft);
  return (
    <div className={styles.bar} role="group" aria-label={t("channels")}>
      {channels.map((one) => (
        <button key={one} type="button" className={styles.pill} aria-pressed={one === channel} onClick={() => onGo({ channel: one, language: undefined })}>
          {names.channel(one)}
          {faults.some(({ part }) => part.startsWith(`${one}.`)) && <span className={styles.dot} role="img" aria-label={t("hasFaults")} />}
        </button>
      ))}
      {may && <AddChannel taken={channels} onAdd={onAdd} />}
    </div>
  );
}

export function AddChannel({ taken, onAdd }: { taken: readonly string[]; onAdd: (channel: string) => void }) {
  const t = useWords();
  const names = useContactNames();
  const free = WRITTEN.filter((one) => !taken.includes(one));
  if (free.length === 0) return null;
  return (
    <Dropdown trigger={["click"]} menu={{ items: free.map((one) => ({ key: one, label: names.channel(one) })), onClick: ({ key }) => onAdd(key) }}>
      <Button size="small" type="text" icon={<PlusOutlined />}>
        {t("addChannel")}
      </Button>
    </Dropdown>
  );
}
