import { expect, test } from "vitest";

import { isWhole, readRule, writeRule } from "./rule";

test("a flat rule is read and written without loss", () => {
  const kept = { all: [{ feature: "on_trial", op: "gte", value: 1 }, { feature: "churn_risk", op: "known" }] };
  const read = readRule(kept);
  expect(read?.of).toBe("all");
  expect(read && writeRule(read)).toEqual(kept);
});

test("a rule with groups inside is left to the API", () => {
  expect(readRule({ any: [{ all: [{ feature: "orders", op: "gt", value: 1 }] }] })).toBeNull();
});

test("a comparison needs its number, a question none", () => {
  expect(isWhole({ feature: "orders", op: "gt" })).toBe(false);
  expect(isWhole({ feature: "orders", op: "gt", value: 0 })).toBe(true);
  expect(isWhole({ feature: "orders", op: "unknown" })).toBe(true);
});
