import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "antd";

import { download } from "../../lib/download";
import { useFormat } from "../../lib/use-format";
import { Badge } from "../../ui/badge";
import { DataTable } from "../../ui/data-table";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { type Erasure, erasuresQuery } from "./api";
import { useWords } from "./words";

/** Every erasure with its receipt, without a word about whom. */
export function ErasuresPage() {
  const t = useWords();
  const query = useInfiniteQuery(erasuresQuery);
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={t("lead")} />
      <Panel title={t("all")} flush>
        <Loaded query={query} skeleton={<Placeholder height={280} />}>
          {({ pages }) => {
            const erasures = pages.flatMap(({ items }) => items);
            return erasures.length === 0 ? <EmptyState title={t("none")}>{t("noneDetail")}</EmptyState> : <Erasures erasures={erasures} />;
          }}
        </Loaded>
      </Panel>
      {query.hasNextPage && (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("earlier")}
        </Button>
      )}
    </div>
  );
}

function Erasures({ erasures }: { erasures: Erasure[] }) {
  const t = useWords();
  const { dateTime, number } = useFormat();
  return (
    <DataTable<Erasure>
      label={t("all")}
      rowKey={({ id }) => id}
      dataSource={erasures}
      columns={[
        { key: "at", title: t("at"), render: (_, { asked_at }) => dateTime(asked_at) },
        { key: "by", title: t("by"), render: (_, { asked_by }) => asked_by },
        { key: "persons", title: t("persons"), align: "right", render: (_, { persons }) => number(persons) },
        { key: "state", title: t("state"), render: (_, { state }) => <Badge tone={state === "done" ? "accent" : "warn"}>{t(`state_${state}`)}</Badge> },
        { key: "receipt", title: t("receipt"), render: (_, { id, state }) => (state === "done" ? <Receipt id={id} /> : null) },
      ]}
    />
  );
}

function Receipt({ id }: { id: string }) {
  const t = useWords();
  const where = `/api/v1/persons/erasures/${id}`;
  return (
    <>
      <Button size="small" type="link" href={`${where}/receipt.html`} target="_blank">
        {t("read")}
      </Button>
      <Button size="small" type="link" onClick={() => void download(`${where}/receipt.json`, `receipt-${id}.json`)}>
        {t("file")}
      </Button>
    </>
  );
}
