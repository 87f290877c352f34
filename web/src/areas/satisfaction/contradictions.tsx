import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type TableColumnsType } from "antd";

import { useMay } from "../../lib/session";
import { useFormat } from "../../lib/use-format";
import { DataTable } from "../../ui/data-table";
import { EmptyState } from "../../ui/empty-state";
import { type Contradiction, namesQuery } from "./api";
import { useWords } from "./words";

const PAGE = 10;
const MOST_NAMES = 100; // that are asked for at once

/** Customers who did not do what their score said, each one click away. */
export function Contradictions({ label, customers }: { label: string; customers: Contradiction[] }) {
  const t = useWords();
  const { number, date } = useFormat();
  const ids = customers.slice(0, MOST_NAMES).map(({ customer_id }) => customer_id);
  const names = useQuery(namesQuery(ids, useMay("customers.read"))).data;
  if (customers.length === 0) return <EmptyState title={t("nobody")} />;
  const columns: TableColumnsType<Contradiction> = [
    {
      title: t("customer"),
      key: "customer",
      render: (_, { customer_id }) => (
        <Link to="/customers/$customerId" params={{ customerId: customer_id }}>
          {names?.get(customer_id) ?? customer_id}
        </Link>
      ),
    },
    { title: t("score"), key: "score", align: "right", render: (_, { score }) => number(score, Number.isInteger(score) ? 0 : 1) },
    { title: t("answered"), key: "answered", render: (_, { answered_at }) => date(answered_at) },
    { title: t("purchases"), key: "purchases", align: "right", render: (_, { purchases_365 }) => number(purchases_365) },
  ];
  return <DataTable<Contradiction> label={label} columns={columns} dataSource={customers} rowKey="customer_id" pageSize={PAGE} />;
}
