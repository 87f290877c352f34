import { DownloadOutlined } from "@ant-design/icons";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { App, Button, Grid } from "antd";

import { download } from "../../lib/download";
import { useMay } from "../../lib/session";
import { useFormat } from "../../lib/use-format";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { useComplain } from "../../ui/use-complain";
import { riskiestQuery } from "./api";
import styles from "./predictions.module.css";
import { RiskFilters } from "./risk-filters";
import { RiskCards, RiskTable } from "./risk-table";
import { conditions, type PredictionsSearch, toQuery } from "./search";
import { useWords } from "./words";

const route = getRouteApi("/desk/predictions");

/** Everybody with a risk, those with most to lose first; each leads to their page. */
export function Riskiest() {
  const t = useWords();
  const { number } = useFormat();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const phone = !(Grid.useBreakpoint().md ?? true);
  const query = useInfiniteQuery(riskiestQuery(search));
  const change = (part: Partial<PredictionsSearch>) => void navigate({ search: (now) => ({ ...now, ...part }), replace: true, resetScroll: false });
  return (
    <Panel title={t("riskiest")} hint={t("riskiestHint")} extra={<ExportButton search={search} />} flush>
      <div className={styles.padded}>
        <RiskFilters search={search} onChange={change} />
      </div>
      <Loaded query={query} skeleton={<Placeholder height={640} />}>
        {({ pages }) => {
          const found = pages.flatMap(({ items }) => items);
          const total = pages[0]?.total;
          if (found.length === 0) return <Nobody onClear={() => void navigate({ search: {}, replace: true, resetScroll: false })} />;
          return (
            <>
              {phone ? <RiskCards customers={found} /> : <RiskTable customers={found} />}
              <div className={styles.foot}>
                <span className="quiet numbers" aria-live="polite">
                  {t("shownOf", { shown: number(found.length), total: total?.exact === false ? t("about", { count: number(total.count) }) : number(total?.count ?? 0) })}
                </span>
                {query.hasNextPage && (
                  <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                    {t("more")}
                  </Button>
                )}
                <Link to="/customers" search={{ filter: conditions(search), sort: toQuery(search).sort }}>
                  {t("toCustomers")}
                </Link>
              </div>
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}

function Nobody({ onClear }: { onClear: () => void }) {
  const t = useWords();
  return (
    <EmptyState title={t("nobody")} action={<Button onClick={onClear}>{t("clear")}</Button>}>
      {t("nobodyDetail")}
    </EmptyState>
  );
}

/** The same customers as an Excel file; the audit log keeps who took it. */
function ExportButton({ search }: { search: PredictionsSearch }) {
  const t = useWords();
  const may = useMay("customers.export");
  const complain = useComplain();
  const { message } = App.useApp();
  const save = useMutation({
    mutationFn: () => download(`/api/v1/customers/export.xlsx?${new URLSearchParams(toQuery(search)).toString()}`, "predictions.xlsx"),
    onSuccess: () => message.success(t("exported")),
    onError: complain,
  });
  if (!may) return null;
  return (
    <Button icon={<DownloadOutlined />} loading={save.isPending} onClick={() => save.mutate()}>
      {t("export")}
    </Button>
  );
}
