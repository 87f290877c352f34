import { describe, expect, test } from "vitest";

import { createFormat } from "./format";

const en = createFormat("en", "USD", "UTC");
const zh = createFormat("zh", "CNY", "Asia/Shanghai");

describe("values in their unit", () => {
  test("a fraction is shown as a percentage with one digit", () => {
    expect(en.value(0.4567, "percent")).toBe("45.7%");
    expect(zh.value(0.4567, "percent")).toBe("45.7%");
  });

  test("money carries the currency of the workspace", () => {
    expect(en.value(1234.5, "money")).toBe("$1,234.50");
    expect(zh.value(1234.5, "money")).toBe("¥1,234.50");
  });

  test("large money is shortened as each language counts", () => {
    expect(en.shortMoney(1_234_000)).toBe("$1.2M");
    expect(zh.shortMoney(1_234_000)).toBe("¥123.4万");
    expect(en.shortMoney(1234.5)).toBe("$1,235");
  });

  test("a missing value is a dash, and zero is not missing", () => {
    expect(en.value(null, "percent")).toBe("–");
    expect(en.value(undefined, "money")).toBe("–");
    expect(en.value(0, "count")).toBe("0");
  });

  test("days name their unit", () => {
    expect(en.value(41.25, "days")).toBe("41.3 d");
    expect(zh.value(41.25, "days")).toBe("41.3 天");
  });
});

describe("changes", () => {
  test("percentages move in points, not in percent of themselves", () => {
    expect(en.change(0.45, 0.5, "percent")).toBe("−5.0 pts");
    expect(zh.change(0.5, 0.45, "percent")).toBe("+5.0 个百分点");
  });

  test("money and counts move relative to before", () => {
    expect(en.change(110, 100, "money")).toBe("+10.0%");
    expect(en.change(-50, -100, "money")).toBe("+50.0%");
  });

  test("nothing before means no relative change", () => {
    expect(en.change(7, 0, "count")).toBe("+7");
  });
});

describe("dates", () => {
  test("a calendar day is the same day in every time zone", () => {
    const west = createFormat("en", "USD", "America/Los_Angeles");
    expect(west.date("2026-03-01")).toBe("Mar 1, 2026");
    expect(zh.date("2026-03-01")).toBe("2026年3月1日");
  });

  test("a time without a zone is UTC and shown in the workspace's zone", () => {
    expect(zh.date("2026-03-01T20:00:00")).toBe("2026年3月2日");
    expect(en.date("2026-03-01T20:00:00")).toBe("Mar 1, 2026");
  });

  test("periods are called by their own names", () => {
    expect(en.period("2026-04-01", "month")).toBe("Apr 2026");
    expect(en.period("2026-04-01", "quarter")).toBe("2026 Q2");
    expect(en.period("2026-01-01", "year")).toBe("2026");
    expect(zh.period("2026-04-01", "month")).toBe("2026年4月");
  });
});
