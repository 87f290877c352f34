import { expect, test } from "vitest";

import { readSearch, toQuery } from "./search";

test("an address keeps what it knows and drops what it does not", () => {
  expect(readSearch({ owner: "me", state: "snoozed", tier: "A", signal: "overdue", overdue: true })).toEqual({
    owner: "me",
    state: "snoozed",
    tier: "A",
    signal: "overdue",
    overdue: true,
  });
  expect(readSearch({ owner: 7, state: "lost", tier: "D", signal: "", overdue: "yes" })).toEqual({});
});

test("without a state the unresolved are asked for, and the address stays short", () => {
  expect(toQuery(readSearch({})).state).toBe("unresolved");
  expect(readSearch({ state: "unresolved" }).state).toBeUndefined();
});
