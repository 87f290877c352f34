import { useQuery } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";

import { useMay } from "../../lib/session";
import { useFormat } from "../../lib/use-format";
import { Badge } from "../../ui/badge";
import { DataTable } from "../../ui/data-table";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { Panel } from "../../ui/panel";
import { useComplain } from "../../ui/use-complain";
import { keysQuery, type NewWriteKey, useRevokeKey, type WriteKey } from "./api";
import { EditKey } from "./edit-key";
import { Identity } from "./identity";
import { Install } from "./install";
import styles from "./tracking.module.css";
import { useWords } from "./words";

/** The keys applications send with: made, shown once with what to paste, changed and revoked. */
export function KeysTab() {
  const t = useWords();
  const query = useQuery(keysQuery);
  const may = useMay("tracking.manage");
  const [edited, setEdited] = useState<WriteKey | "new" | null>(null);
  const [made, setMade] = useState<NewWriteKey | null>(null);
  const [vouching, setVouching] = useState<WriteKey | null>(null);
  const make = may && (
    <Button type="primary" onClick={() => setEdited("new")}>
      {t("makeKey")}
    </Button>
  );
  return (
    <Panel flush title={t("tab_keys")} hint={t("noKeysDetail")} extra={make}>
      <Loaded query={query}>
        {({ items }) => (items.length === 0 ? <EmptyState title={t("noKeys")}>{t("noKeysDetail")}</EmptyState> : <Keys keys={items} may={may} onEdit={setEdited} onVouch={setVouching} />)}
      </Loaded>
      {edited && <EditKey writeKey={edited === "new" ? null : edited} onClose={() => setEdited(null)} onMade={setMade} />}
      {vouching && <Identity writeKey={vouching} onClose={() => setVouching(null)} />}
      {made && <Install made={made} onClose={() => setMade(null)} />}
    </Panel>
  );
}

interface Chosen {
  onEdit: (key: WriteKey) => void;
  onVouch: (key: WriteKey) => void;
}

function Keys({ keys, may, ...chosen }: Chosen & { keys: WriteKey[]; may: boolean }) {
  const t = useWords();
  const { dateTime, number } = useFormat();
  return (
    <DataTable<WriteKey>
      label={t("tab_keys")}
      rowKey="id"
      dataSource={keys}
      columns={[
        {
          key: "name",
          title: t("source"),
          render: (_, { name, kind, prefix, strict, identity_at }) => (
            <div className={styles.event}>
              <b>{name}</b>
              <span className="quiet">{t("begins", { prefix })}</span>
              <Badge tone={kind === "server" ? "accent" : "plain"}>{t(`kind_${kind}`)}</Badge>
              {strict && <Badge tone="warn">{t("strict")}</Badge>}
              {identity_at && <Badge tone="accent">{t("vouches")}</Badge>}
            </div>
          ),
        },
        { key: "sites", title: t("sites"), render: (_, { kind, origins }) => <span className={styles.id}>{kind === "server" ? "–" : origins.length === 0 ? t("anySite") : origins.join(", ")}</span> },
        { key: "speed", title: t("speed"), align: "right", render: (_, { per_second }) => number(per_second) },
        { key: "used", title: t("lastUsed"), render: (_, { last_used_at }) => (last_used_at ? dateTime(last_used_at) : t("never")) },
        {
          key: "acts",
          title: <span className="visually-hidden">{t("acts")}</span>,
          align: "right",
          render: (_, key) => may && <Acts writeKey={key} {...chosen} />,
        },
      ]}
    />
  );
}

function Acts({ writeKey, onEdit, onVouch }: Chosen & { writeKey: WriteKey }) {
  const t = useWords();
  const mayVouch = useMay("keys.manage");
  const { modal, message } = App.useApp();
  const complain = useComplain();
  const revoking = useRevokeKey();
  const revoke = () =>
    void modal.confirm({
      title: t("revokeTitle", { name: writeKey.name }),
      content: t("revokeDetail"),
      okText: t("revoke"),
      okButtonProps: { danger: true },
      cancelText: t("cancel"),
      onOk: () => revoking.mutateAsync(writeKey.id).then(() => void message.success(t("revoked")), complain),
    });
  return (
    <span className={styles.acts}>
      {mayVouch && writeKey.kind === "browser" && (
        <Button size="small" onClick={() => onVouch(writeKey)}>
          {t("identity")}
        </Button>
      )}
      <Button size="small" onClick={() => onEdit(writeKey)}>
        {t("change")}
      </Button>
      <Button size="small" danger onClick={revoke}>
        {t("revoke")}
      </Button>
    </span>
  );
}
