import { expect, test } from "vitest";

import { type Import } from "./api";
import { cellText } from "./cell-text";
import { assign, type Choice, choiceOf, KEPT, missing, placeOf, toRequest } from "./request";

const fields = { no: "order_id", when: "ordered_at", note: null };
const choice: Choice = { kind: "orders", fields, options: { strict: false, date_order: null, currency: null, rates: {}, sheet: null, encoding: null, delimiter: null } };

test("a field belongs to one column: who had it lets go", () => {
  expect(assign(fields, "note", "order_id")).toEqual({ no: null, when: "ordered_at", note: "order_id" });
});

test("any number of columns may be kept under their own name", () => {
  const kept = assign(assign(fields, "no", KEPT), "note", KEPT);
  expect([kept.no, kept.note]).toEqual([KEPT, KEPT]);
});

test("the request names every column, also those that are not used", () => {
  expect(toRequest(choice).mapping).toEqual([
    { column: "no", field: "order_id" },
    { column: "when", field: "ordered_at" },
    { column: "note", field: null },
  ]);
});

test("a required field without a column is missed", () => {
  const told = { fields: [{ name: "ordered_at", required: true }, { name: "amount", required: true }, { name: "coupon", required: false }] } as Import;
  expect(missing(told, fields).map(({ name }) => name)).toEqual(["amount"]);
});

test("after a change of kind only the fields that this kind knows stay chosen", () => {
  const told = {
    kind: "customers",
    columns: [{ name: "no" }, { name: "who" }, { name: "extra" }],
    mapping: [{ column: "no", field: "order_id" }, { column: "who", field: "customer_id" }, { column: "gone", field: "customer_id" }],
    fields: [{ name: "customer_id" }],
  } as Import;
  expect(choiceOf(told).fields).toEqual({ no: null, who: "customer_id", extra: null });
});

test("a complaint names its column by the place in the mapping", () => {
  expect(placeOf("/mapping/1/field", choice)).toBe("when");
  expect(placeOf("/mapping", choice)).toBeNull();
});

test("a moment of the preview is told in the workspace's time and not in that of the store", () => {
  const format = { dateTime: (at: string | Date) => `local ${String(at)}`, date: String, number: String };
  expect(cellText("2026-05-01 16:00:00", "time", format)).toBe("local 2026-05-01T16:00:00");
  expect(cellText("165.5500", "money", format)).toBe("165.55");
  expect(cellText("", "text", format)).toBeNull();
});
