import { type Grain } from "../../lib/format";

export const PERIODS = ["12m", "24m", "36m", "all"] as const;
export type Period = (typeof PERIODS)[number];
export const ORDER_UNITS = ["day", "row"] as const;
export const GRAINS: readonly Grain[] = ["day", "week", "month", "quarter", "year"];

/** The question on screen; it lives in the address, so that it can be sent to a colleague. */
export interface MetricsSearch {
  view?: "reconciliation";
  metric?: string;
  period?: Period;
  grain?: Grain;
  by?: string;
  window_days?: number;
  within_days?: number;
  order?: (typeof ORDER_UNITS)[number];
}

export function readSearch(search: Record<string, unknown>): MetricsSearch {
  return {
    view: search.view === "reconciliation" ? "reconciliation" : undefined,
    metric: word(search.metric),
    period: PERIODS.find((period) => period === search.period),
    grain: GRAINS.find((grain) => grain === search.grain),
    by: word(search.by),
    window_days: days(search.window_days),
    within_days: days(search.within_days),
    order: ORDER_UNITS.find((unit) => unit === search.order),
  };
}

function word(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function days(value: unknown): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 3660 ? value : undefined;
}

/** The half-open reach to ask for: whole months back from the last order, but not to before the first. */
export function reachOf(period: Period, firstAt: string, lastAt: string): { start: string; end: string } {
  const last = new Date(`${lastAt.slice(0, 10)}T00:00:00Z`);
  const end = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), last.getUTCDate() + 1));
  if (period === "all") return { start: firstAt.slice(0, 10), end: end.toISOString().slice(0, 10) };
  const months = Number(period.slice(0, -1));
  const start = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth() - months + 1, 1)).toISOString().slice(0, 10);
  const first = `${firstAt.slice(0, 7)}-01`;
  return { start: start < first ? first : start, end: end.toISOString().slice(0, 10) };
}
