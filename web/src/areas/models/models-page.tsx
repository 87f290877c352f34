import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type TableColumnsType } from "antd";

import { useSay } from "../../i18n/text";
import { MISSING } from "../../lib/format";
import { useFormat } from "../../lib/use-format";
import { DataTable } from "../../ui/data-table";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { type ModelSummary, modelsQuery } from "./api";
import { DecisionList } from "./decision-list";
import { ModelState } from "./model-state";
import { TrainButton } from "./train-button";
import { useWords } from "./words";

/** Every version of the churn model, which one scores, and why. */
export function ModelsPage() {
  const t = useWords();
  const query = useQuery(modelsQuery);
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={t("lead")} actions={<TrainButton />} />
      <Loaded query={query} skeleton={<Placeholder height={560} />}>
        {({ items, decisions }) =>
          items.length === 0 && decisions.length === 0 ? (
            <Panel>
              <EmptyState title={t("emptyTitle")}>{t("emptyDetail")}</EmptyState>
            </Panel>
          ) : (
            <div className="stack">
              <Panel title={t("versions")} hint={t("versionsHint")} flush>
                <VersionTable items={items} />
              </Panel>
              <Panel title={t("decisions")} hint={t("decisionsHint")}>
                <DecisionList decisions={decisions} />
              </Panel>
            </div>
          )
        }
      </Loaded>
    </div>
  );
}

function VersionTable({ items }: { items: ModelSummary[] }) {
  const t = useWords();
  const say = useSay();
  const { fixed, date } = useFormat();
  const three = (value: number | null) => (value === null ? MISSING : fixed(value, 3));
  const columns: TableColumnsType<ModelSummary> = [
    {
      key: "version",
      title: t("version"),
      render: (_, one) => (
        <Link to="/models/$version" params={{ version: one.version }}>
          {one.label ? say(one.label) : one.name} · {one.version}
        </Link>
      ),
    },
    { key: "state", title: t("state"), render: (_, one) => <ModelState model={one} /> },
    { key: "as_of", title: t("asOf"), render: (_, one) => date(one.as_of) },
    { key: "auc", title: t("auc"), align: "right", render: (_, one) => three(one.auc) },
    { key: "recency", title: t("aucRecency"), align: "right", render: (_, one) => three(one.auc_recency) },
    { key: "ece", title: t("ece"), align: "right", render: (_, one) => three(one.ece) },
    { key: "slope", title: t("slope"), align: "right", render: (_, one) => (one.slope === null ? MISSING : fixed(one.slope, 2)) },
  ];
  return <DataTable<ModelSummary> label={t("versions")} rowKey="version" dataSource={items} columns={columns} pageSize={10} />;
}
