import { useQuery } from "@tanstack/react-query";

import { useContactNames } from "../../lib/contact/names";
import { downloadWhy, whyQuery } from "../../lib/contact/why";
import { useFormat } from "../../lib/use-format";
import { useComplain } from "../../ui/use-complain";
import { WhyDrawer } from "../../ui/why/why-drawer";
import { type Send } from "./api";
import { useWords } from "./words";

/** Everything that happened to one message to one customer, and what the rules say now. */
export function Trace({ send, onClose }: { send: Send; onClose: () => void }) {
  const t = useWords();
  const names = useContactNames();
  const { dateTime } = useFormat();
  const complain = useComplain();
  const question = { customer_id: send.customer_id, message: send.message };
  const query = useQuery(whyQuery(question));
  return (
    <WhyDrawer
      open
      title={t("whyOf", { message: send.message_name ?? send.message, name: send.customer_name ?? send.customer_id })}
      onClose={onClose}
      onDownload={() => void downloadWhy(question).catch(complain)}
      query={query}
      spoken={{ when: dateTime, channel: names.channel, event: names.event }}
    />
  );
}
