import { expect, test } from "vitest";

import { conditions, readSearch, toQuery } from "./search";

test("a level of risk is a half-open range, the highest one has no end", () => {
  expect(conditions({ level: "raised" })).toEqual([
    { field: "churn_risk", op: "gte", value: 0.3 },
    { field: "churn_risk", op: "lt", value: 0.6 },
  ]);
  expect(conditions({ level: "high" })).toEqual([{ field: "churn_risk", op: "gte", value: 0.6 }]);
});

test("every filter narrows the same question, most to lose first", () => {
  const { filter, sort } = toQuery({ tier: "A", worth: 500, group: "attributes.plan", is: "gold" });
  expect(JSON.parse(filter)).toEqual({
    all: [
      { field: "churn_risk", op: "gte", value: 0 },
      { field: "tier", op: "eq", value: "A" },
      { field: "value_365", op: "gte", value: 500 },
      { field: "attributes.plan", op: "eq", value: "gold" },
    ],
  });
  expect(sort).toBe("-expected_loss");
});

test("an address with nonsense shows everybody", () => {
  expect(readSearch({ level: "extreme", tier: "Z", worth: -3, group: "country", order: "name" })).toEqual({});
});
