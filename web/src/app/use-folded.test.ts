import { expect, test } from "vitest";

import { read } from "./use-folded";

test.each([
  [null, []],
  ['["groupDesk"]', ["groupDesk"]],
  ["{broken", []],
  ['{"a":1}', []],
  ['["a",3]', ["a"]],
])("what was remembered as %s is %j", (stored, folded) => {
  expect(read(stored)).toEqual(folded);
});
