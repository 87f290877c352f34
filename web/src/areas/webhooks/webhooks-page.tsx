import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";

import { useMay } from "../../lib/session";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { type Webhook, webhooksQuery } from "./api";
import { Deliveries } from "./deliveries";
import { EditWebhook } from "./edit-webhook";
import { Secret } from "./secret";
import { WebhookTable } from "./webhook-table";
import { useWords } from "./words";

/** Who hears what happens here, what became of each telling, and telling again. */
export function WebhooksPage() {
  const t = useWords();
  const query = useQuery(webhooksQuery);
  const mayWrite = useMay("settings.write");
  const [edited, setEdited] = useState<Webhook | "new" | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const add = mayWrite && (
    <Button type="primary" onClick={() => setEdited("new")}>
      {t("add")}
    </Button>
  );
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={t("lead")} actions={add} />
      <Loaded query={query} skeleton={<Placeholder height={300} />}>
        {({ items, topics }) => {
          const shown = items.find(({ id }) => id === chosen) ?? (items.length === 1 ? items[0] : undefined);
          return (
            <div className="stack">
              <Panel flush>
                {items.length === 0 ? (
                  <EmptyState title={t("none")}>{t("noneDetail")}</EmptyState>
                ) : (
                  <WebhookTable webhooks={items} topics={topics} onChoose={setChosen} />
                )}
              </Panel>
              {shown && <Deliveries key={shown.id} webhook={shown} topics={topics} onEdit={setEdited} onSecret={setSecret} />}
              {edited && <EditWebhook webhook={edited === "new" ? null : edited} topics={topics} onClose={() => setEdited(null)} onSecret={setSecret} />}
            </div>
          );
        }}
      </Loaded>
      {secret && <Secret secret={secret} onClose={() => setSecret(null)} />}
    </div>
  );
}
