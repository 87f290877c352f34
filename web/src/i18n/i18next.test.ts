import { expect, test } from "vitest";

import { initialLanguage } from "./i18next";

test("a choice made here goes before the browser's wish", () => {
  expect(initialLanguage("zh", ["en-GB"])).toBe("zh");
});

test("the browser's first language that we speak is taken", () => {
  expect(initialLanguage(null, ["fr", "zh-TW", "en"])).toBe("zh");
  expect(initialLanguage(null, ["en-US", "zh"])).toBe("en");
});

test("who wishes for neither reads English", () => {
  expect(initialLanguage("klingon", ["fr"])).toBe("en");
});
