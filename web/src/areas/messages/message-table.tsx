import { Link } from "@tanstack/react-router";

import { useContactNames } from "../../lib/contact/names";
import { useFormat } from "../../lib/use-format";
import { DataTable } from "../../ui/data-table";
import { type Message } from "./api";
import { channelsOf, draftOf, languagesOf } from "./draft";
import { MessageState } from "./message-state";
import styles from "./messages.module.css";
import { useLanguageName } from "./shared/use-language-name";
import { useWords } from "./words";

/** The messages there are; a phone shows which and how far they are, their page the rest. */
export function MessageTable({ messages }: { messages: Message[] }) {
  const t = useWords();
  const names = useContactNames();
  const languageName = useLanguageName();
  const { dateTime } = useFormat();
  const spoken = (message: Message) => {
    const draft = draftOf(message);
    return [...new Set(channelsOf(draft).flatMap((channel) => languagesOf(draft, channel)))].map(languageName).join(" · ");
  };
  return (
    <DataTable<Message>
      label={t("title")}
      rowKey="id"
      dataSource={messages}
      pageSize={50}
      columns={[
        {
          key: "name",
          title: t("name"),
          render: (_, { id, name }) => (
            <Link to="/messages/$messageId" params={{ messageId: id }} className={styles.listed}>
              {name}
            </Link>
          ),
        },
        { key: "state", title: t("state"), render: (_, message) => <MessageState message={message} /> },
        { key: "channels", title: t("channels"), responsive: ["md"], render: (_, message) => channelsOf(draftOf(message)).map(names.channel).join(" · ") || "–" },
        { key: "languages", title: t("languages"), responsive: ["md"], render: (_, message) => spoken(message) || "–" },
        { key: "list", title: t("list"), responsive: ["md"], render: (_, { purpose, transactional }) => (transactional ? t("ofAnOrder") : names.purpose(purpose)) },
        { key: "changed", title: t("changed"), responsive: ["md"], render: (_, { changed_at }) => dateTime(changed_at) },
      ]}
    />
  );
}
