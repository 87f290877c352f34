import { expect, test } from "vitest";

import { codeOf } from "./use-inserts";

test("a variable is written with the filter that speaks it", () => {
  expect(codeOf("customer.name")).toBe("{{ customer.name }}");
  expect(codeOf("orders.spend")).toBe("{{ orders.spend | money }}");
  expect(codeOf("customer.attributes")).toContain("customer.attributes.");
});
