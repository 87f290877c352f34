import { expect, test } from "vitest";

import { type Cap, faultOf, inWindow, type Rules, windowOf } from "./rules";

const cap: Cap = { name: "one a day", limit: 1, hours: 24, period: null };
const rules: Rules = { hours: { sms: { opens: "08:00:00", closes: "21:00:00", holidays: false, weekdays: [0] } }, caps: [cap], budgets: [] };

test("a cap counts in hours or in a period, never in both", () => {
  expect(inWindow(cap, "week")).toMatchObject({ hours: null, period: "week" });
  expect(inWindow(inWindow(cap, "week"), "hours")).toMatchObject({ hours: 24, period: null });
  expect(windowOf(inWindow(cap, "month"))).toBe("month");
  expect(windowOf(cap)).toBe("hours");
});

test("hours that end before they begin and caps without a name are not put into force", () => {
  expect(faultOf(rules)).toBeNull();
  expect(faultOf({ ...rules, hours: { sms: { opens: "21:00:00", closes: "08:00:00", holidays: false } } })).toBe("opensFirst");
  expect(faultOf({ ...rules, caps: [{ ...cap, name: " " }] })).toBe("nameNeeded");
});
