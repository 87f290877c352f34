import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button } from "antd";

import { useMay } from "../../lib/session";
import { useFormat } from "../../lib/use-format";
import { DataTable } from "../../ui/data-table";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { Panel } from "../../ui/panel";
import { useComplain } from "../../ui/use-complain";
import { type AddressClaim, claimsQuery, useDecide } from "./api";
import styles from "./tracking.module.css";
import { useWords } from "./words";

/** Addresses that were claimed of known customers and not proven, for a member to accept or put away. */
export function ClaimsTab() {
  const t = useWords();
  const query = useInfiniteQuery(claimsQuery);
  return (
    <Panel flush title={t("tab_claims")} hint={t("claimsHint")}>
      <Loaded query={query}>
        {({ pages }) => {
          const claims = pages.flatMap(({ items }) => items);
          return claims.length === 0 ? <EmptyState title={t("noClaims")}>{t("noClaimsDetail")}</EmptyState> : <Claims claims={claims} />;
        }}
      </Loaded>
      {query.hasNextPage && (
        <p className={styles.more}>
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t("more")}
          </Button>
        </p>
      )}
    </Panel>
  );
}

function Claims({ claims }: { claims: AddressClaim[] }) {
  const t = useWords();
  const may = useMay("customers.write");
  const { dateTime, number } = useFormat();
  return (
    <DataTable<AddressClaim>
      label={t("tab_claims")}
      rowKey="id"
      dataSource={claims}
      columns={[
        {
          key: "customer",
          title: t("customer"),
          render: (_, { customer_id, customer_name }) => (
            <Link to="/customers/$customerId" params={{ customerId: customer_id }}>
              {customer_name ?? customer_id}
            </Link>
          ),
        },
        {
          key: "claimed",
          title: t("claimed"),
          render: (_, { value, belongs_to }) => (
            <div className={styles.event}>
              <b className={styles.id}>{value}</b>
              {belongs_to && <span className="quiet">{t("belongsTo", { id: belongs_to })}</span>}
            </div>
          ),
        },
        { key: "has", title: t("has"), render: (_, { current }) => (current ? <span className={styles.id}>{current}</span> : <span className="quiet">{t("nothing")}</span>) },
        { key: "source", title: t("source"), render: (_, { source }) => source },
        { key: "times", title: t("count"), align: "right", render: (_, { times }) => number(times) },
        { key: "last", title: t("lastSeen"), render: (_, { last_at }) => dateTime(last_at) },
        { key: "acts", title: <span className="visually-hidden">{t("acts")}</span>, align: "right", render: (_, claim) => may && <Decide claim={claim} /> },
      ]}
    />
  );
}

function Decide({ claim }: { claim: AddressClaim }) {
  const t = useWords();
  const { modal, message } = App.useApp();
  const complain = useComplain();
  const deciding = useDecide();
  const accept = () =>
    void modal.confirm({
      title: t("acceptTitle", { name: claim.customer_name ?? claim.customer_id, value: claim.value }),
      content: t("acceptDetail"),
      okText: t("accept"),
      cancelText: t("cancel"),
      onOk: () => deciding.mutateAsync({ id: claim.id, decision: "accept" }).then(() => void message.success(t("accepted")), complain),
    });
  const ignore = () => deciding.mutate({ id: claim.id, decision: "ignore" }, { onSuccess: () => void message.success(t("ignored")), onError: complain });
  return (
    <span className={styles.acts}>
      <Button size="small" onClick={accept}>
        {t("accept")}
      </Button>
      <Button size="small" onClick={ignore}>
        {t("ignore")}
      </Button>
    </span>
  );
}
