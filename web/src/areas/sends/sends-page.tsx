import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";

import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { type Send, sendsQuery } from "./api";
import { Filters } from "./filters";
import { type SendsSearch } from "./search";
import { SendTable } from "./send-table";
import { StateChips } from "./state-chips";
import { TapsPanel } from "./taps-panel";
import { Trace } from "./trace";
import { UnderWay } from "./under-way";
import { useWords } from "./words";

const route = getRouteApi("/desk/sends");

/** The ledger of sends: what was asked for, what became of it, and why. */
export function SendsPage() {
  const t = useWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(sendsQuery(search));
  const [traced, setTraced] = useState<Send | null>(null);
  const change = (part: SendsSearch) => void navigate({ search: (now) => ({ ...now, ...part }), replace: true });
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={t("lead")} />
      <UnderWay />
      <StateChips search={search} onChange={change} />
      <Filters search={search} onChange={change} />
      <Panel flush>
        <Loaded query={query} skeleton={<Placeholder height={420} />}>
          {({ pages }) => {
            const sends = pages.flatMap(({ items }) => items);
            return sends.length === 0 ? <Nothing filtered={JSON.stringify(search) !== "{}"} /> : <SendTable sends={sends} onTrace={setTraced} />;
          }}
        </Loaded>
      </Panel>
      {query.hasNextPage && (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("earlier")}
        </Button>
      )}
      <TapsPanel />
      {traced && <Trace send={traced} onClose={() => setTraced(null)} />}
    </div>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  const t = useWords();
  if (filtered) return <EmptyState title={t("noneFound")}>{t("noneFoundDetail")}</EmptyState>;
  return (
    <EmptyState title={t("none")} action={<Link to="/messages">{t("toMessages")}</Link>}>
      {t("noneDetail")}
    </EmptyState>
  );
}
