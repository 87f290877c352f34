import { Select } from "antd";

import { type CustomerField } from "./api";
import { useColumnName } from "./columns";
import { useWords } from "./words";

interface Props {
  fields: readonly CustomerField[];
  sort: string;
  onChange: (sort: string) => void;
}

const ORDERS = ["-churn_risk", "-value_365", "-orders", "-last_order_at", "last_order_at", "name"];

/** The order of the list, where there are no column heads to press. */
export function SortSelect({ fields, sort, onChange }: Props) {
  const t = useWords();
  const nameOf = useColumnName(fields);
  const orders = ORDERS.includes(sort) ? ORDERS : [sort, ...ORDERS];
  const label = (order: string) => {
    const name = order === "name" ? t("column_name") : nameOf(order.replace("-", ""));
    return `${name} ${order.startsWith("-") ? "↓" : "↑"}`;
  };
  return (
    <Select
      aria-label={t("sort")}
      style={{ minWidth: 170 }}
      value={sort}
      options={orders.map((order) => ({ value: order, label: label(order) }))}
      onChange={onChange}
    />
  );
}
