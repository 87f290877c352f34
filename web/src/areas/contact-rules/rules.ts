import { type components } from "../../api/schema";

export type Hours = components["schemas"]["HoursRule"];
export type Cap = components["schemas"]["CapRule"];
export type Budget = components["schemas"]["BudgetRule-Output"];

/** The rules as they are edited: every part is there. */
export interface Rules {
  hours: Record<string, Hours>;
  caps: Cap[];
  budgets: Budget[];
}

export const PERIODS = ["day", "week", "month"] as const;
export const WINDOWS = ["hours", ...PERIODS] as const;
export type Window = (typeof WINDOWS)[number];

export function rulesOf({ hours, caps, budgets }: components["schemas"]["ContactRules-Output"]): Rules {
  return { hours: hours ?? {}, caps: caps ?? [], budgets: budgets ?? [] };
}

export function same(one: Rules, other: Rules): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What stands in the way of putting the rules into force. */
export function faultOf({ hours, caps, budgets }: Rules): "opensFirst" | "nameNeeded" | null {
  if (Object.values(hours).some(({ opens, closes }) => opens >= closes)) return "opensFirst";
  return [...caps, ...budgets].some(({ name }) => name.trim() === "") ? "nameNeeded" : null;
}

export function windowOf({ hours, period }: Cap): Window {
  return hours === null || hours === undefined ? (period ?? "day") : "hours";
}

/** A cap counts in the last hours or in a calendar period, never both. */
export function inWindow(cap: Cap, window: Window): Cap {
  return window === "hours" ? { ...cap, hours: cap.hours ?? 24, period: null } : { ...cap, hours: null, period: window };
}
