import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Segmented } from "antd";

import { metricsQuery } from "../../lib/metric-definitions";
import { overviewQuery } from "../../lib/overview";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Placeholder } from "../../ui/placeholder";
import { Explorer } from "./explorer";
import { QuestionControls } from "./question-controls";
import { ReconciliationView } from "./reconciliation-view";
import { type MetricsSearch, reachOf } from "./search";
import { useWords } from "./words";

const route = getRouteApi("/desk/metrics");
const FIRST = "retention_rate";

/** Choose a number, a period and a cut; see it move, with its definition beside it. */
export function MetricsPage() {
  const t = useWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const metrics = useQuery(metricsQuery);
  const overview = useQuery(overviewQuery);
  const facts = overview.data?.facts;
  const metric = metrics.data?.find(({ name }) => name === (search.metric ?? FIRST)) ?? metrics.data?.[0];
  const change = (part: MetricsSearch) => void navigate({ search: (now) => ({ ...now, ...part }), replace: true });
  const period = search.period ?? "12m";
  const grain = search.grain ?? "month";
  const reach = facts?.first_at && facts.last_at ? reachOf(period, facts.first_at, facts.last_at) : {};
  const question = { ...reach, grain, by: search.by, window_days: search.window_days };
  return (
    <div className="stack">
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        actions={
          <Segmented
            aria-label={t("view")}
            value={search.view ?? "explore"}
            options={[
              { value: "explore", label: t("explore") },
              { value: "reconciliation", label: t("reconciliation") },
            ]}
            onChange={(view) => change({ view: view === "reconciliation" ? view : undefined })}
          />
        }
      />
      <Loaded query={metrics} skeleton={<Placeholder height={560} />}>
        {(all) => (
          <div className="stack">
            <QuestionControls metrics={all} metric={search.view ? undefined : metric} search={{ ...search, period, grain }} onChange={change} />
            {overview.isPending && <Placeholder height={420} />}
            {!overview.isPending && search.view && <ReconciliationView question={question} />}
            {!overview.isPending && !search.view && metric && <Explorer metric={metric} question={{ ...question, within_days: search.within_days, order: search.order }} />}
          </div>
        )}
      </Loaded>
    </div>
  );
}
