import { expect, test } from "vitest";

import { thinned, upTo } from "./survival";

const points = [0, 10, 30, 90].map((day) => ({ day, probability: day / 100 }));

test("between two steps the earlier one holds", () => {
  expect(upTo(points, 29)).toBe(0.1);
  expect(upTo(points, 30)).toBe(0.3);
  expect(upTo([], 30)).toBe(0);
});

test("thinning keeps both ends of a long curve", () => {
  const long = Array.from({ length: 1001 }, (_, day) => ({ day, probability: day / 1000 }));
  const few = thinned(long);
  expect(few.length).toBeLessThanOrEqual(122);
  expect([few[0]?.day, few.at(-1)?.day]).toEqual([0, 1000]);
});
