import { expect, test } from "vitest";

import { asksForConsent, FRESH, isDeclared, NOBODY } from "./consent";
import { type Choice } from "./request";

const choice = (kind: string, ...given: string[]) => ({ kind, fields: Object.fromEntries(given.map((field, at) => [`column ${at}`, field])) }) as unknown as Choice;

test("customers with an address, and any file that says who agreed, are asked where that comes from", () => {
  expect(asksForConsent(choice("customers", "customer_id", "email"))).toBe(true);
  expect(asksForConsent(choice("customers", "customer_id", "marketing_consent"))).toBe(true);
  expect(asksForConsent(choice("customers", "customer_id", "city"))).toBe(false);
  expect(asksForConsent(choice("orders", "order_id", "email"))).toBe(false);
});

test("consent counts only with where, when and how; that there is none counts as it is", () => {
  expect(isDeclared(null)).toBe(true);
  expect(isDeclared(NOBODY)).toBe(true);
  expect(isDeclared({ ...FRESH, at: "2025-05-01" })).toBe(false);
  expect(isDeclared({ ...FRESH, at: "2025-05-01", source: "The form at the till" })).toBe(true);
  expect(isDeclared({ ...FRESH, at: "2025-05-01", source: "x", channels: [] })).toBe(false);
});
