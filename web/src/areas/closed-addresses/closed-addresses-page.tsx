import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "antd";

import { useContactNames } from "../../lib/contact/names";
import { useFormat } from "../../lib/use-format";
import { DataTable } from "../../ui/data-table";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { type Closed, closedQuery } from "./api";
import { LookUp } from "./look-up";
import { useWords } from "./words";

/** Addresses nobody is written to: look one up, close it, open it again. */
export function ClosedAddressesPage() {
  const t = useWords();
  const query = useInfiniteQuery(closedQuery);
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={t("lead")} />
      <LookUp />
      <Panel title={t("all")} flush>
        <Loaded query={query} skeleton={<Placeholder height={280} />}>
          {({ pages }) => {
            const closed = pages.flatMap(({ items }) => items);
            return closed.length === 0 ? <EmptyState title={t("none")}>{t("noneDetail")}</EmptyState> : <ClosedTable closed={closed} />;
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

function ClosedTable({ closed }: { closed: Closed[] }) {
  const t = useWords();
  const names = useContactNames();
  const { dateTime } = useFormat();
  return (
    <DataTable<Closed>
      label={t("all")}
      rowKey={({ channel, address_key }) => `${channel} ${address_key}`}
      dataSource={closed}
      columns={[
        { key: "at", title: t("at"), render: (_, { at }) => dateTime(at) },
        { key: "channel", title: t("channel"), render: (_, { channel }) => names.channel(channel) },
        { key: "reason", title: t("reason"), render: (_, { reason }) => names.closed(reason) },
        { key: "fingerprint", title: t("fingerprint"), render: (_, { address_key }) => <code>{address_key.slice(0, 12)}</code> },
      ]}
    />
  );
}
