import { Link } from "@tanstack/react-router";
import { type TableColumnsType } from "antd";
import { type ReactNode, useMemo } from "react";

import { useSay } from "../../i18n/text";
import { MISSING } from "../../lib/format";
import { customerPath } from "../../lib/paths";
import { useFormat } from "../../lib/use-format";
import { type Customer, type CustomerField } from "./api";
import styles from "./customers.module.css";
import { RiskMeter } from "./risk-meter";
import { TierBadge } from "./tier-badge";
import { useCustomerName } from "./use-customer-name";
import { useWords } from "./words";

export const ATTRIBUTE = "attributes.";
export const DEFAULT_COLUMNS: readonly string[] = ["tier", "churn_risk", "value_365", "orders", "last_order_at", "next_order_at"];
const SHOWN = ["tier", "churn_risk", "value_365", "orders", "revenue", "first_order_at", "last_order_at", "next_order_at", "email", "phone", "company", "country", "region", "city"] as const;
const NUMBERS = new Set(["value_365", "orders", "revenue"]);
type Shown = (typeof SHOWN)[number];

/** The columns one can choose: what the list answers with, and every custom attribute. */
export function choosable(fields: readonly CustomerField[]): string[] {
  return [...SHOWN, ...fields.map(({ name }) => name).filter((name) => name.startsWith(ATTRIBUTE))];
}

/** The name of a column, short for the usual ones. */
export function useColumnName(fields: readonly CustomerField[]): (name: string) => string {
  const t = useWords();
  const say = useSay();
  return (name) => {
    const shown = SHOWN.find((one) => one === name);
    if (shown) return t(`column_${shown}`);
    const field = fields.find((one) => one.name === name);
    return field ? say(field.label) : name.replace(ATTRIBUTE, "");
  };
}

/** The value of one column for one customer. */
export function useCell(): (name: string, customer: Customer) => ReactNode {
  const t = useWords();
  const format = useFormat();
  return (name, customer) => {
    if (name.startsWith(ATTRIBUTE)) return attribute(customer.attributes[name.slice(ATTRIBUTE.length)]);
    const shown: Shown | undefined = SHOWN.find((one) => one === name);
    switch (shown) {
      case "tier":
        return customer.tier ? <TierBadge tier={customer.tier} /> : MISSING;
      case "churn_risk":
        return <RiskMeter risk={customer.churn_risk} />;
      case "value_365": {
        const { value_365: value, value_365_low: low, value_365_high: high } = customer;
        const range = low != null && high != null ? t("range", { low: format.shortMoney(low), high: format.shortMoney(high) }) : null;
        return (
          <>
            {format.shortValue(value, "money")}
            {range && <span className={styles.range}>{range}</span>}
          </>
        );
      }
      case "orders":
        return format.value(customer.orders, "count");
      case "revenue":
        return format.shortValue(customer.revenue, "money");
      case "first_order_at":
      case "last_order_at":
      case "next_order_at":
        return customer[shown] ? format.date(customer[shown]) : MISSING;
      case undefined:
        return MISSING;
      default:
        return customer[shown] ?? MISSING;
    }
  };
}

function attribute(value: unknown): string {
  if (value === null || value === undefined || value === "") return MISSING;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : JSON.stringify(value);
}

interface Question {
  names: readonly string[];
  fields: readonly CustomerField[];
  sort: string;
}

/** The chosen columns as the table wants them; the name always stands first. */
export function useTableColumns({ names, fields, sort }: Question): TableColumnsType<Customer> {
  const t = useWords();
  const nameOf = useColumnName(fields);
  const cell = useCell();
  return useMemo(() => {
    const sorted = (name: string) => {
      if (sort.replace("-", "") !== name) return null;
      return sort.startsWith("-") ? ("descend" as const) : ("ascend" as const);
    };
    const sortable = (name: string) => (fields.length === 0 || fields.some((field) => field.name === name) ? { sorter: true, sortOrder: sorted(name) } : {});
    return [
      { key: "name", title: t("column_name"), ...sortable("name"), render: (_, customer) => <Who customer={customer} /> },
      ...names.map((name) => ({
        key: name,
        title: nameOf(name),
        ...sortable(name),
        align: NUMBERS.has(name) ? ("right" as const) : undefined,
        render: (_: unknown, customer: Customer) => cell(name, customer),
      })),
    ];
  }, [t, names, fields, sort, nameOf, cell]);
}

/** The name leads to the customer's page; below it, how to reach them. */
export function Who({ customer }: { customer: Customer }) {
  const name = useCustomerName();
  const contact = customer.email ?? customer.phone;
  return (
    <div className={styles.who}>
      <Link to={customerPath(customer.id)} className={styles.name} data-customer={customer.id}>
        {name(customer)}
      </Link>
      {contact && <span className={styles.contact}>{contact}</span>}
    </div>
  );
}
