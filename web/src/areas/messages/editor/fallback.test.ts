import { expect, test } from "vitest";

import { fallback } from "./fallback";

test.each([
  [["en", "zh-CN"], "zh-CN", "zh-CN"],
  [["en", "zh"], "zh-CN", "zh"],
  [["en", "zh-TW"], "zh-CN", "zh-TW"],
  [["de", "fr"], "en", "de"],
])("of %j a stranger in a workspace of %s reads %s", (languages, home, read) => {
  expect(fallback(languages, home)).toBe(read);
  expect(fallback([], home)).toBeUndefined();
});
