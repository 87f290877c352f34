import { Badge } from "../../ui/badge";
import { type Message } from "./api";
import { useWords } from "./words";

/** Put away, never published, or which version goes out. */
export function MessageState({ message }: { message: Pick<Message, "archived_at" | "published"> }) {
  const t = useWords();
  if (message.archived_at !== null) return <Badge>{t("archived")}</Badge>;
  if (message.published === null) return <Badge tone="warn">{t("draft")}</Badge>;
  return <Badge tone="accent">{t("published", { version: message.published })}</Badge>;
}
