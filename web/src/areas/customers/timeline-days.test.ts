import { expect, test } from "vitest";

import { type TimelineEntry } from "./api";
import { byDay } from "./timeline-days";

const entry = (at: string): TimelineEntry => ({ at, kind: "order", title: { en: "", zh: "" }, detail: null, amount: null, currency: null, ref: at });

test("entries of one day stand together, in the workspace's days and not in those of UTC", () => {
  const shanghai = (at: string) => new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" }).format(new Date(at));
  const days = byDay([entry("2026-03-02T15:00:00Z"), entry("2026-03-01T17:00:00Z"), entry("2026-03-01T15:00:00Z")], shanghai);
  expect(days.map(({ date, entries }) => [date, entries.length])).toEqual([
    ["2026-03-02", 2],
    ["2026-03-01", 1],
  ]);
});
