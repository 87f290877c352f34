import { expect, test } from "vitest";

import { readSearch } from "./search";

test("a log-in leads on to pages of our own only", () => {
  expect(readSearch({ next: "/metrics?by=country" })).toEqual({ next: "/metrics?by=country" });
  for (const next of ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", 7, undefined]) {
    expect(readSearch({ next })).toEqual({});
  }
});
