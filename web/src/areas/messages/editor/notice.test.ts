import { expect, test } from "vitest";

import { noticeOf } from "./notice";

test("a last line that is a link becomes the button", () => {
  expect(noticeOf("Back in stock.\n\n[See it](https://shop.example.com/new) ")).toEqual({ words: "Back in stock.", button: "See it" });
  expect(noticeOf("到货了。\n[去看看](/new)")).toEqual({ words: "到货了。", button: "去看看" });
});

test("a link elsewhere, or to nowhere, stays words", () => {
  expect(noticeOf("[See it](/new) while it lasts")).toEqual({ words: "[See it](/new) while it lasts", button: "" });
  expect(noticeOf("Look\n[See it](javascript:1)").button).toBe("");
});
