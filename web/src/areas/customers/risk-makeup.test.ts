import { expect, test } from "vitest";

import { makeup } from "./risk-makeup";

const chance = (odds: number) => 1 / (1 + Math.exp(-odds));
const told = [
  { factor: "visits", effect: 0.2 },
  { factor: "silence", effect: 1.5 },
  { factor: "orders", effect: -0.7 },
  { factor: "scores", effect: 0.05 },
];

test("the steps lead from the average risk to the customer's own without a gap", () => {
  const steps = makeup(-1, told, 10);
  expect(steps[0]?.from).toBeCloseTo(chance(-1));
  expect(steps.at(-1)?.to).toBeCloseTo(chance(0.05));
  steps.slice(1).forEach((step, at) => expect(step.from).toBe(steps[at]?.to));
});

test("the strongest story comes first and the small ones share the last step", () => {
  expect(makeup(-1, told, 2).map(({ factor }) => factor)).toEqual(["silence", "orders", null]);
  const [, , rest] = makeup(-1, told, 2);
  expect(rest && rest.to > rest.from).toBe(true);
});

test("stories that cancel each other leave the risk where it was", () => {
  const steps = makeup(0, [{ factor: "a", effect: 1 }, { factor: "b", effect: -1 }], 5);
  expect(steps.at(-1)?.to).toBeCloseTo(0.5);
  expect((steps[0]?.to ?? 0) - 0.5).toBeCloseTo(0.25);
});
