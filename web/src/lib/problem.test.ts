import { expect, test } from "vitest";

import { toApiError } from "./problem";

const problem = {
  type: "about:blank",
  title: "Not valid",
  title_zh: "无效",
  status: 422,
  code: "invalid",
  detail: "The e-mail address is taken.",
  detail_zh: "邮箱已被使用。",
  remedy: { en: "Use another.", zh: "请换一个。" },
  fields: [{ path: "/email", message: { en: "Taken.", zh: "已被使用。" } }],
};

test("a problem speaks the reader's language, remedy included", () => {
  const error = toApiError(422, problem);
  expect(error.describe("en")).toEqual({ title: "Not valid", detail: "The e-mail address is taken.", remedy: "Use another." });
  expect(error.describe("zh")).toEqual({ title: "无效", detail: "邮箱已被使用。", remedy: "请换一个。" });
});

test("a complaint about a field is found by its path", () => {
  const error = toApiError(422, problem);
  expect(error.field("/email", "zh")).toBe("已被使用。");
  expect(error.field("/name", "zh")).toBeUndefined();
});

test("an answer that is no problem still names its status, in both languages", () => {
  for (const body of [null, "<html>", { detail: "Bad Gateway" }]) {
    const error = toApiError(502, body);
    expect(error.status).toBe(502);
    expect(error.describe("en").detail).toContain("502");
    expect(error.describe("zh").detail).toContain("502");
  }
});

test("a problem without a remedy or fields has none", () => {
  const error = toApiError(404, { ...problem, remedy: null, fields: undefined });
  expect(error.describe("en").remedy).toBeNull();
  expect(error.field("/email", "en")).toBeUndefined();
});
