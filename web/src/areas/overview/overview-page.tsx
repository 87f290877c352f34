import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";

import { useSay } from "../../i18n/text";
import { useSentences } from "../../i18n/use-sentences";
import { overviewQuery } from "../../lib/overview";
import { IMPORTS_PATH } from "../../lib/paths";
import { useFormat } from "../../lib/use-format";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { type Overview } from "./api";
import { BuyersChart } from "./buyers-chart";
import { CallPreview } from "./call-preview";
import { ChangeList } from "./change-list";
import { MetricCard } from "./metric-card";
import { RefreshButton } from "./refresh-button";
import { RevenueChart } from "./revenue-chart";
import { useWords } from "./words";

/** The desk in the morning: the few numbers that matter, what changed, whom to call. */
export function OverviewPage() {
  const t = useWords();
  const query = useQuery(overviewQuery);
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={query.data && !query.data.empty && <Lead overview={query.data} />} actions={<RefreshButton />} />
      <Loaded query={query} skeleton={<Skeleton />}>
        {(overview) => (overview.empty ? <Nothing /> : <Filled overview={overview} />)}
      </Loaded>
    </div>
  );
}

function Lead({ overview: { facts } }: { overview: Overview }) {
  const t = useWords();
  const sentences = useSentences();
  const { number, date } = useFormat();
  if (!facts.first_at || !facts.last_at) return null;
  const reach = { first: date(facts.first_at), last: date(facts.last_at) };
  return sentences(
    t("lead", { customers: number(facts.customers), orders: number(facts.orders), ...reach }),
    facts.anonymous_orders > 0 && t("anonymous", { count: number(facts.anonymous_orders) }),
  );
}

function Filled({ overview }: { overview: Overview }) {
  const say = useSay();
  return (
    <div className="stack">
      <div className="cards">
        {overview.cards.map((card) => (
          <MetricCard key={card.metric} card={card} comparedWith={say(card.compared_with)} />
        ))}
      </div>
      <div className="pair">
        <div className="stack">
          <CallPreview calls={overview.calls} />
          <RevenueChart series={overview.series} />
        </div>
        <div className="stack">
          <ChangeList overview={overview} />
          <BuyersChart series={overview.series} />
        </div>
      </div>
    </div>
  );
}

function Nothing() {
  const t = useWords();
  return (
    <Panel>
      <EmptyState
        title={t("emptyTitle")}
        action={
          <Link to={IMPORTS_PATH}>
            <Button type="primary" size="large" tabIndex={-1}>
              {t("emptyAction")}
            </Button>
          </Link>
        }
      >
        {t("emptyDetail")}
      </EmptyState>
    </Panel>
  );
}

function Skeleton() {
  return (
    <div className="stack">
      <div className="cards">
        {Array.from({ length: 6 }, (_, at) => (
          <Placeholder key={at} height={159} />
        ))}
      </div>
      <div className="halves">
        <Placeholder height={420} />
        <Placeholder height={420} />
      </div>
    </div>
  );
}
