import { type TimelineEntry } from "./api";

export type Kind = TimelineEntry["kind"];
export const KINDS: readonly Kind[] = ["order", "return", "payment", "subscription", "event", "ticket", "feedback", "message", "points", "score", "merge", "import"];

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
