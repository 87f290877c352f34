import { LEVEL_FROM, RISK_LEVELS, type RiskLevel } from "../../lib/risk";

export const TIERS = ["A", "B", "C"] as const;
export type Tier = (typeof TIERS)[number];
export const ORDERS = ["-expected_loss", "-churn_risk", "-value_365"] as const;
export type Order = (typeof ORDERS)[number];

/** Which customers the table shows; it lives in the address, so that it can be sent to a colleague. */
export interface PredictionsSearch {
  level?: RiskLevel;
  tier?: Tier;
  /** At least so much expected within a year. */
  worth?: number;
  /** A field with a choice, and the choice: the plan, the country, the channel. */
  group?: string;
  is?: string;
  order?: Order;
}

export interface Condition {
  field: string;
  op: "eq" | "gte" | "lt";
  value: string | number;
}

export function readSearch(search: Record<string, unknown>): PredictionsSearch {
  const group = word(search.group);
  const is = word(search.is);
  return {
    level: RISK_LEVELS.find((level) => level === search.level),
    tier: TIERS.find((tier) => tier === search.tier),
    worth: typeof search.worth === "number" && search.worth > 0 ? search.worth : undefined,
    group: group && is ? group : undefined,
    is: group && is ? is : undefined,
    order: ORDERS.find((order) => order === search.order && order !== ORDERS[0]),
  };
}

/** The question as the list of customers takes it; whoever has no risk is no prediction. */
export function conditions({ level, tier, worth, group, is }: PredictionsSearch): Condition[] {
  const from = level ? LEVEL_FROM[level] : 0;
  const next = level === undefined ? undefined : RISK_LEVELS[RISK_LEVELS.indexOf(level) + 1];
  return [
    { field: "churn_risk", op: "gte", value: from },
    ...(next ? [{ field: "churn_risk", op: "lt", value: LEVEL_FROM[next] } as const] : []),
    ...(tier ? [{ field: "tier", op: "eq", value: tier } as const] : []),
    ...(worth ? [{ field: "value_365", op: "gte", value: worth } as const] : []),
    ...(group && is ? [{ field: group, op: "eq", value: is } as const] : []),
  ];
}

export function toQuery(search: PredictionsSearch) {
  return { filter: JSON.stringify({ all: conditions(search) }), sort: search.order ?? ORDERS[0] };
}

function word(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
