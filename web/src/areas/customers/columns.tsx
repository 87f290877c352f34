import { Link } from "@tanstack/react-router";
import { type TableColumnsType } from "antd";
import { type ReactNode, useMemo } from "react";

import { useSay } from "../../i18n/text";
import { useChoiceName } from "../../lib/choices";
import { MISSING } from "../../lib/format";
import { customerPath } from "../../lib/paths";
import { useFormat } from "../../lib/use-format";
import { type Customer, type CustomerField } from "./api";
import { attributeText } from "./attribute-text";
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
  const { date, value } = useFormat();
  const choiceName = useChoiceName();
  return (name, customer) => {
    if (name.startsWith(ATTRIBUTE)) return attributeText(customer.attributes[name.slice(ATTRIBUTE.length)]) ?? MISSING;
    const day = (at: string | null) => (at ? date(at) : MISSING);
    const cells: Record<Shown, () => ReactNode> = {
      tier: () => (customer.tier ? <TierBadge tier={customer.tier} /> : MISSING),
      churn_risk: () => <RiskMeter risk={customer.churn_risk} />,
      value_365: () => <Worth customer={customer} />,
      orders: () => value(customer.orders, "count"),
      revenue: () => value(customer.revenue, "money"),
      first_order_at: () => day(customer.first_order_at),
      last_order_at: () => day(customer.last_order_at),
      next_order_at: () => day(customer.next_order_at),
      email: () => customer.email ?? MISSING,
      phone: () => customer.phone ?? MISSING,
      company: () => customer.company ?? MISSING,
      country: () => (customer.country ? choiceName("country", customer.country) : MISSING),
      region: () => customer.region ?? MISSING,
      city: () => customer.city ?? MISSING,
    };
    const shown = SHOWN.find((one) => one === name);
    return shown ? cells[shown]() : MISSING;
  };
}

function Worth({ customer: { value_365: value, value_365_low: low, value_365_high: high } }: { customer: Customer }) {
  const t = useWords();
  const { shortMoney, shortValue } = useFormat();
  return (
    <>
      {shortValue(value, "money")}
      {low !== null && high !== null && <span className={styles.range}>{t("range", { low: shortMoney(low), high: shortMoney(high) })}</span>}
    </>
  );
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
