import { expect, test } from "vitest";

import { evenly, upTo } from "./survival";

const points = [0, 10, 30, 90].map((day) => ({ day, probability: day / 100 }));

test("between two steps the earlier one holds", () => {
  expect(upTo(points, 29)).toBe(0.1);
  expect(upTo(points, 30)).toBe(0.3);
  expect(upTo([], 30)).toBe(0);
});

test("a long curve is drawn at even days, each with the last value known by then", () => {
  const long = Array.from({ length: 500 }, (_, at) => ({ day: at * at, probability: at / 500 })).filter(({ day }) => day <= 1000);
  const drawn = evenly(long);
  const gaps = new Set(drawn.slice(1).map(({ day }, at) => day - (drawn[at]?.day ?? 0)));
  expect(gaps.size).toBe(1);
  expect(drawn.length).toBeLessThanOrEqual(121);
  for (const { day, probability } of drawn) expect(probability).toBe(upTo(long, day));
});
