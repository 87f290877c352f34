import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";

import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { keysQuery, type NewKey } from "./api";
import { KeyTable } from "./key-table";
import { MakeKey } from "./make-key";
import { Secret } from "./secret";
import { useWords } from "./words";

/** Keys for programs: made for a purpose, shown once, revoked when done. */
export function KeysPage() {
  const t = useWords();
  const query = useQuery(keysQuery);
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<NewKey | null>(null);
  const make = (
    <Button type="primary" onClick={() => setMaking(true)}>
      {t("make")}
    </Button>
  );
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={t("lead")} actions={make} />
      <Panel flush>
        <Loaded query={query} skeleton={<Placeholder height={260} />}>
          {({ items }) => (items.length === 0 ? <EmptyState title={t("none")}>{t("noneDetail")}</EmptyState> : <KeyTable keys={items} />)}
        </Loaded>
      </Panel>
      {making && (
        <MakeKey
          onClose={() => setMaking(false)}
          onMade={(key) => {
            setMaking(false);
            setMade(key);
          }}
        />
      )}
      {made && <Secret made={made} onClose={() => setMade(null)} />}
    </div>
  );
}
