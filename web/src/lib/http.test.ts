import { expect, test } from "vitest";

import { csrfToken, newKey } from "./http";

test("the CSRF token is read among other cookies and decoded", () => {
  expect(csrfToken("a=1; tenure_csrf=x%2By; b=2")).toBe("x+y");
  expect(csrfToken("not_tenure_csrf=z")).toBeNull();
  expect(csrfToken("")).toBeNull();
});

test("idempotency keys do not repeat", () => {
  const keys = new Set(Array.from({ length: 500 }, newKey));
  expect(keys.size).toBe(500);
});
