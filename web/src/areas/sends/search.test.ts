import { expect, test } from "vitest";

import { readSearch, toQuery } from "./search";

test("an address with a number for a customer is understood, blanks are no filter", () => {
  expect(toQuery(readSearch({ customer: 17, state: " ", message: "spring " }))).toEqual({ customer_id: "17", message: "spring" });
});

test("the last day is shown to its end", () => {
  const { since, until } = toQuery(readSearch({ from: "2026-03-04", to: "2026-03-04" }));
  expect(Date.parse(until ?? "") - Date.parse(since ?? "")).toBe(24 * 3_600_000);
  expect(readSearch({ from: "yesterday" })).toEqual({});
});
