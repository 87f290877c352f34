import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Button, Switch } from "antd";
import { useState } from "react";

import { useMay } from "../../lib/session";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { messagesQuery } from "./api";
import { MessageTable } from "./message-table";
import styles from "./messages.module.css";
import { NewMessage } from "./new-message";
import { ContentNav } from "./shared/content-nav";
import { useWords } from "./words";

const route = getRouteApi("/desk/messages");

/** Every message people work on, the last changed first. */
export function MessagesPage() {
  const t = useWords();
  const may = useMay("messages.manage");
  const { archived = false } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(messagesQuery(archived));
  const [making, setMaking] = useState(false);
  const make = may && (
    <Button type="primary" onClick={() => setMaking(true)}>
      {t("newMessage")}
    </Button>
  );
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={t("lead")} actions={make} />
      <ContentNav />
      <Loaded query={query} skeleton={<Placeholder height={420} />}>
        {({ items }) => (
          <Panel flush>
            {items.length === 0 ? (
              <EmptyState title={t("none")} action={may && <Button onClick={() => setMaking(true)}>{t("newMessage")}</Button>}>
                {t("noneDetail")}
              </EmptyState>
            ) : (
              <MessageTable messages={items} />
            )}
          </Panel>
        )}
      </Loaded>
      <label className={styles.switch}>
        <Switch size="small" checked={archived} onChange={(on) => void navigate({ search: { archived: on || undefined }, replace: true })} />
        {t("showArchived")}
      </label>
      {making && <NewMessage onClose={() => setMaking(false)} />}
    </div>
  );
}
