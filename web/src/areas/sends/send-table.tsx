import { Link } from "@tanstack/react-router";
import { Button } from "antd";

import { useSay } from "../../i18n/text";
import { useContactNames } from "../../lib/contact/names";
import { customerPath, messagePath } from "../../lib/paths";
import { useMay } from "../../lib/session";
import { useFormat } from "../../lib/use-format";
import { Badge } from "../../ui/badge";
import { DataTable } from "../../ui/data-table";
import { toneOf } from "../../ui/why/story";
import { type Send } from "./api";
import { HeldActs } from "./held-acts";
import styles from "./sends.module.css";
import { useWords } from "./words";

interface Props {
  sends: Send[];
  onTrace: (send: Send) => void;
}

/** One line for each send, the last changed first. */
export function SendTable({ sends, onTrace }: Props) {
  const t = useWords();
  const say = useSay();
  const names = useContactNames();
  const { dateTime, number } = useFormat();
  const mayManage = useMay("messages.manage");
  return (
    <DataTable<Send>
      label={t("title")}
      rowKey="id"
      dataSource={sends}
      columns={[
        { key: "customer", title: t("customer"), render: (_, send) => <Link to={customerPath(send.customer_id)}>{send.customer_name ?? send.customer_id}</Link> },
        {
          key: "state",
          title: t("states"),
          render: (_, { state, state_label, error }) => (
            <>
              <Badge tone={toneOf(state)}>{say(state_label)}</Badge>
              {error && <div className={styles.error}>{error}</div>}
              {state === "unknown" && <div className={styles.error}>{t("unknownHint")}</div>}
            </>
          ),
        },
        {
          key: "acts",
          title: <span className="visually-hidden">{t("why")}</span>,
          render: (_, send) => (
            <div className={styles.acts}>
              <Button size="small" aria-haspopup="dialog" onClick={() => onTrace(send)}>
                {t("why")}
              </Button>
              {send.state === "held" && mayManage && <HeldActs send={send} />}
            </div>
          ),
        },
        { key: "message", title: t("message"), render: (_, send) => <MessageLink send={send} /> },
        { key: "channel", title: t("channel"), render: (_, { via }) => names.channel(via) },
        { key: "due", title: t("due"), render: (_, { due_at }) => dateTime(due_at) },
        { key: "changed", title: t("changed"), render: (_, { changed_at }) => dateTime(changed_at) },
        { key: "attempts", title: t("attempts"), align: "right", render: (_, { attempts }) => number(attempts) },
      ]}
    />
  );
}

/** The name of the message, its version and its occasion; one of ours leads to its page. */
function MessageLink({ send: { message, message_name, version, step } }: { send: Send }) {
  const t = useWords();
  const more = [version === null ? "" : t("version", { version }), step].filter(Boolean).join(" · ");
  return (
    <>
      {message_name === null ? (
        message
      ) : (
        <Link to={messagePath(message)} search={{ tab: "results" } as never}>
          {message_name}
        </Link>
      )}
      {more && <div className="quiet">{more}</div>}
    </>
  );
}
