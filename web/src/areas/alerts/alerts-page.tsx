import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Button } from "antd";

import { useFormat } from "../../lib/use-format";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { AlertCard } from "./alert-card";
import { AlertFilters } from "./alert-filters";
import styles from "./alerts.module.css";
import { type AlertCounts, alertsQuery } from "./api";
import { useWords } from "./words";

const route = getRouteApi("/desk/alerts");

/** The inbox of early warnings: who needs somebody now, why, and whose they are. */
export function AlertsPage() {
  const t = useWords();
  const search = route.useSearch();
  const query = useInfiniteQuery(alertsQuery(search));
  const counts = query.data?.pages[0]?.counts;
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={counts ? <Standing counts={counts} /> : t("lead")} />
      <AlertFilters search={search} counts={counts} />
      <Loaded query={query} skeleton={<Placeholder height={640} />}>
        {({ pages }) => {
          const alerts = pages.flatMap(({ items }) => items);
          if (alerts.length === 0) return <Nobody filtered={JSON.stringify(search) !== "{}"} />;
          return (
            <div className="stack">
              <ol className={styles.list}>
                {alerts.map((alert) => (
                  <AlertCard key={alert.id} alert={alert} />
                ))}
              </ol>
              {query.hasNextPage && (
                <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()} className={styles.more}>
                  {t("more")}
                </Button>
              )}
            </div>
          );
        }}
      </Loaded>
    </div>
  );
}

function Standing({ counts }: { counts: AlertCounts }) {
  const t = useWords();
  const { number } = useFormat();
  const open = counts.state.open ?? 0;
  return (
    <>
      {t("standing", { count: open, open: number(open), snoozed: number(counts.state.snoozed ?? 0) })}
      {counts.overdue > 0 && <b className={styles.late}> {t("standingOverdue", { overdue: number(counts.overdue) })}</b>}
    </>
  );
}

function Nobody({ filtered }: { filtered: boolean }) {
  const t = useWords();
  return (
    <Panel>
      <EmptyState title={t(filtered ? "noneFound" : "emptyTitle")}>{t(filtered ? "noneFoundDetail" : "emptyDetail")}</EmptyState>
    </Panel>
  );
}
