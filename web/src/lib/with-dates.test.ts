import { expect, test } from "vitest";

import { createFormat } from "./format";
import { withDates } from "./with-dates";

test("days in a sentence are written as the reader writes them", () => {
  const english = createFormat("en", "CNY", "Asia/Shanghai").date;
  expect(withDates("Bought 2 times, last on 2026-11-24", english)).toBe("Bought 2 times, last on Nov\u00a024,\u00a02026");
  const chinese = createFormat("zh", "CNY", "Asia/Shanghai").date;
  expect(withDates("购买过 2 次，上次为 2026-11-24", chinese)).toBe("购买过 2 次，上次为 2026年11月24日");
  expect(withDates("Bought before", english)).toBe("Bought before");
});
