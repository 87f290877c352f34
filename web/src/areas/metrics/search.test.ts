import { expect, test } from "vitest";

import { reachOf, readSearch } from "./search";

test("an address with nonsense in it asks for the usual", () => {
  const asked = readSearch({ view: "x", metric: 3, period: "1y", grain: "hour", window_days: 0, within_days: "7", order: "both" });
  expect(Object.values(asked).every((value) => value === undefined)).toBe(true);
});

test("twelve months reach back to the first of the month eleven months before the last order", () => {
  expect(reachOf("12m", "2020-02-03T10:00:00", "2026-08-31T23:00:00")).toEqual({ start: "2025-09-01", end: "2026-09-01" });
});

test("months before the first order are not asked for", () => {
  expect(reachOf("24m", "2026-02-03T10:00:00", "2026-08-31T23:00:00").start).toBe("2026-02-01");
});

test("everything reaches from the first order to the day after the last", () => {
  expect(reachOf("all", "2020-02-03T10:00:00", "2026-12-31T23:00:00")).toEqual({ start: "2020-02-03", end: "2027-01-01" });
});
