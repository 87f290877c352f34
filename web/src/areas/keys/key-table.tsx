import { App, Button } from "antd";

import { MISSING } from "../../lib/format";
import { useFormat } from "../../lib/use-format";
import { Badge } from "../../ui/badge";
import { DataTable } from "../../ui/data-table";
import { useComplain } from "../../ui/use-complain";
import { type Key, useRevokeKey } from "./api";
import styles from "./keys.module.css";
import { useWords } from "./words";

/** Every key that still opens something. */
export function KeyTable({ keys }: { keys: Key[] }) {
  const t = useWords();
  const { date, dateTime } = useFormat();
  const { modal, message } = App.useApp();
  const revoke = useRevokeKey();
  const complain = useComplain();
  const ask = ({ id, name }: Key) =>
    void modal.confirm({
      title: t("revokeTitle", { name }),
      content: t("revokeDetail"),
      okText: t("revoke"),
      okButtonProps: { danger: true },
      cancelText: t("cancel"),
      onOk: () => revoke.mutateAsync(id).then(() => void message.success(t("revoked", { name })), complain),
    });
  return (
    <DataTable<Key>
      label={t("title")}
      rowKey="id"
      dataSource={keys}
      columns={[
        {
          key: "name",
          title: t("name"),
          render: (_, { name, prefix }) => (
            <span className={styles.who}>
              <b>{name}</b>
              <code className="quiet">{prefix}…</code>
            </span>
          ),
        },
        {
          key: "scopes",
          title: t("scopes"),
          render: (_, { scopes }) => (
            <span className={styles.scopes}>
              {scopes.map((scope) => (
                <Badge key={scope}>{scope}</Badge>
              ))}
            </span>
          ),
        },
        { key: "created", title: t("created"), render: (_, { created_at }) => date(created_at) },
        { key: "used", title: t("used"), render: (_, { last_used_at }) => (last_used_at ? dateTime(last_used_at) : t("never")) },
        { key: "expires", title: t("expires"), render: (_, { expires_at }) => (expires_at ? date(expires_at) : MISSING) },
        {
          key: "revoke",
          title: <span className="visually-hidden">{t("revoke")}</span>,
          align: "right",
          render: (_, key) => (
            <Button size="small" danger onClick={() => ask(key)}>
              {t("revoke")}
            </Button>
          ),
        },
      ]}
    />
  );
}
