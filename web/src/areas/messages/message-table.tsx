import { Link } from "@tanstack/react-router";

import { useContactNames } from "../../lib/contact/names";
import { useFormat } from "../../lib/use-format";
import { DataTable } from "../../ui/data-table";
import { type Message } from "./api";
import { channelsOf, draftOf, languagesOf } from "./draft";
import { MessageState } from "./message-state";
import { useLanguageName } from "./shared/use-language-name";
import { useWords } from "./words";

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
            <Link to="/messages/$messageId" params={{ messageId: id }}>
              {name}
            </Link>
          ),
        },
        { key: "state", title: t("state"), render: (_, message) => <MessageState message={message} /> },
        { key: "channels", title: t("channels"), render: (_, message) => channelsOf(draftOf(message)).map(names.channel).join(" · ") || "–" },
        { key: "languages", title: t("languages"), render: (_, message) => spoken(message) || "–" },
        { key: "list", title: t("list"), render: (_, { purpose, transactional }) => (transactional ? t("ofAnOrder") : names.purpose(purpose)) },
        { key: "changed", title: t("changed"), render: (_, { changed_at }) => dateTime(changed_at) },
      ]}
    />
  );
}
