import { expect, test } from "vitest";

import { daysCovering, shareShorter } from "./gaps";

const known = [{ quantile: 0.5, days: 20 }, { quantile: 0.9, days: 60 }, { quantile: 0.25, days: 10 }];

test("between two known shares it is read in a straight line", () => {
  expect(shareShorter(known, 40)).toBeCloseTo(0.7);
  expect(shareShorter(known, 5)).toBeCloseTo(0.125);
});

test("beyond the longest known gap nothing more is claimed than is known", () => {
  expect(shareShorter(known, 1000)).toBe(0.9);
});

test("without any gaps there is nothing to say", () => {
  expect(shareShorter([], 90)).toBeNull();
  expect(daysCovering([], 0.9)).toBeNull();
});

test("the window that covers a share is whole days and covers at least that much", () => {
  expect(daysCovering([{ quantile: 0.9, days: 59.2 }], 0.9)).toBe(60);
});
