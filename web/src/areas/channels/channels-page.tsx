import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";

import { useMay } from "../../lib/session";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { AccountPanel } from "./account-panel";
import { channelsQuery } from "./api";
import { EnterAccount } from "./enter-account";
import { NobodyAsked } from "./nobody-asked";
import { useWords } from "./words";

/** Who carries messages for us, with which account, and how it fares. */
export function ChannelsPage() {
  const t = useWords();
  const may = useMay("settings.write");
  const query = useQuery(channelsQuery);
  const [adding, setAdding] = useState(false);
  const add = may && (
    <Button type="primary" disabled={!query.data} onClick={() => setAdding(true)}>
      {t("add")}
    </Button>
  );
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={t("lead")} actions={add} />
      <NobodyAsked />
      <Loaded query={query} skeleton={<Placeholder height={520} />}>
        {({ items, kinds }) => (
          <div className="stack">
            {items.length === 0 && (
              <Panel>
                <EmptyState title={t("none")} action={may && <Button onClick={() => setAdding(true)}>{t("add")}</Button>}>
                  {t("noneDetail")}
                </EmptyState>
              </Panel>
            )}
            {items.map((account) => {
              const kind = kinds.find(({ name }) => name === account.kind);
              return kind && <AccountPanel key={account.channel} account={account} kind={kind} may={may} />;
            })}
          </div>
        )}
      </Loaded>
      {adding && query.data && <EnterAccount kinds={query.data.kinds} taken={query.data.items.map(({ channel }) => channel)} onClose={() => setAdding(false)} />}
    </div>
  );
}
