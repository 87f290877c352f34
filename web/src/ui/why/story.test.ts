import { expect, test } from "vitest";

import { readable } from "./story";

test("an instant inside a sentence is told on the reader's clock, a plain day stays", () => {
  const when = (at: string) => `<${at.slice(0, 10)}>`;
  expect(readable("They agreed (consent, 2026-02-23T12:00:00+00:00).", { when })).toBe("They agreed (consent, <2026-02-23>).");
  expect(readable("2026-11-25 22:40 where they live", { when })).toBe("2026-11-25 22:40 where they live");
});
