import { expect, test } from "vitest";

import { around, compare } from "./lines";

const told = (before: string, after: string) => compare(before, after).map(({ kind, text }) => ({ same: " ", gone: "-", new: "+" })[kind] + text);

test("a line that changed went and came, the others stayed", () => {
  expect(told("a\nb\nc", "a\nB\nc")).toEqual([" a", "-b", "+B", " c"]);
  expect(told("", "a")).toEqual(["+a"]);
  expect(told("a\nb", "b")).toEqual(["-a", " b"]);
  expect(told("same", "same")).toEqual([" same"]);
});

test("what is far from a change is left out", () => {
  const lines = compare("1\n2\n3\n4\n5\n6\n7", "1\n2\n3\n4\n5\n6\nseven");
  expect(around(lines).map((line) => line?.text ?? "…")).toEqual(["…", "5", "6", "7", "seven"]);
});
