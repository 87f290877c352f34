import { expect, test } from "vitest";

import { exportParameters } from "./export-button";
import { readSearch, toQuery } from "./search";

test("an address made by hand cannot bring a condition that the list does not know", () => {
  const filter = [{ field: "tier", op: "in", value: ["A"] }, { field: "tier", op: "drop table" }, { op: "eq" }, "tier"];
  expect(readSearch({ filter }).filter).toEqual([{ field: "tier", op: "in", value: ["A"] }]);
});

test("a search for digits stays text", () => {
  expect(readSearch({ q: 13800 }).q).toBe("13800");
});

test("a page number without a cursor is the first page", () => {
  expect(readSearch({ page: 4 })).toEqual({ q: undefined, filter: undefined, sort: undefined, columns: undefined, cursor: undefined, page: undefined });
});

test("a condition without its value asks nothing yet, emptiness asks without one", () => {
  const filter = [{ field: "name", op: "contains" as const }, { field: "phone", op: "empty" as const }];
  expect(toQuery({ filter }).filter).toBe('{"all":[{"field":"phone","op":"empty"}]}');
});

test("the export asks the question of the list, not of its page", () => {
  const asked = new URLSearchParams(exportParameters({ q: "li", cursor: "abc", page: 3, filter: [{ field: "tier", op: "in", value: ["A"] }] }));
  expect(Object.fromEntries(asked)).toEqual({ q: "li", sort: "-churn_risk", filter: '{"all":[{"field":"tier","op":"in","value":["A"]}]}' });
});
