import { type TimelineEntry } from "./api";

export const KINDS = ["order", "return", "order_line", "payment", "subscription", "event", "ticket", "feedback", "message", "points", "score", "merge", "import"] as const;
export type Kind = (typeof KINDS)[number];

export interface Day {
  date: string;
  entries: TimelineEntry[];
}

/** Put entries that stand on the same day together, in the order they came; `dateOf` knows the time zone. */
export function byDay(entries: readonly TimelineEntry[], dateOf: (at: string) => string): Day[] {
  const days: Day[] = [];
  for (const entry of entries) {
    const date = dateOf(entry.at);
    const last = days.at(-1);
    if (last?.date === date) last.entries.push(entry);
    else days.push({ date, entries: [entry] });
  }
  return days;
}
