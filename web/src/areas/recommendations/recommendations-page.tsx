import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { IMPORTS_PATH } from "../../lib/paths";
import { ApiError } from "../../lib/problem";
import { useMay } from "../../lib/session";
import { useFormat } from "../../lib/use-format";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { type Facts, factsQuery } from "./api";
import { Chosen } from "./chosen";
import { ExamplePanel } from "./example-panel";
import { Repeats } from "./repeats";
import { Rivals } from "./rivals";
import { useWords } from "./words";

/** How products are recommended: which way won, on what evidence, for how many, and what a customer sees. */
export function RecommendationsPage() {
  const t = useWords();
  const { date } = useFormat();
  const query = useQuery(factsQuery);
  const nothing = query.error instanceof ApiError && query.error.status === 404;
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={query.data ? t("lead", { date: date(query.data.as_of) }) : undefined} />
      {nothing ? (
        <Panel>
          <EmptyState title={t("emptyTitle")} action={<Link to={IMPORTS_PATH}>{t("toImport")}</Link>}>
            {t("emptyDetail")}
          </EmptyState>
        </Panel>
      ) : (
        <Loaded query={query} skeleton={<Placeholder height={900} />}>
          {(facts) => <Whole facts={facts} />}
        </Loaded>
      )}
    </div>
  );
}

function Whole({ facts }: { facts: Facts }) {
  const t = useWords();
  const maySeeCustomers = useMay("customers.read");
  return (
    <div className="stack">
      <Chosen facts={facts} />
      {facts.judged ? (
        <>
          <Rivals judged={facts.judged} method={facts.method} />
          <Repeats judged={facts.judged} />
        </>
      ) : (
        <Panel title={t("rivals")}>
          <p className="quiet">{t("notJudged")}</p>
        </Panel>
      )}
      {maySeeCustomers && <ExamplePanel />}
    </div>
  );
}
