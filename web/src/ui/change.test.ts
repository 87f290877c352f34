import { expect, test } from "vitest";

import { verdictOf } from "./change";

test("a fall is good news where lower is better", () => {
  expect(verdictOf(-0.02, "down")).toBe("better");
  expect(verdictOf(-0.02, "up")).toBe("worse");
});

test("no move and no direction have no verdict", () => {
  expect(verdictOf(0, "up")).toBe("neutral");
  expect(verdictOf(5, "none")).toBe("neutral");
});
