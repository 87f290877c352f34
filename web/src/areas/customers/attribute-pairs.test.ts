import { expect, test } from "vitest";

import { changedAttributes, toPairs } from "./attribute-pairs";

const before = { points: 1240, store: "上海", vip: "yes" };

test("an untouched form changes nothing", () => {
  expect(changedAttributes(before, toPairs(before))).toEqual({});
});

test("a number stays a number, a removed or emptied attribute becomes null, a new one is added", () => {
  const pairs = [{ name: "points", value: "1300" }, { name: "store", value: " " }, { name: " size ", value: "M" }];
  expect(changedAttributes(before, pairs)).toEqual({ points: 1300, store: null, vip: null, size: "M" });
});

test("a line without a name is no attribute", () => {
  expect(changedAttributes({}, [{ name: " ", value: "x" }])).toEqual({});
});
