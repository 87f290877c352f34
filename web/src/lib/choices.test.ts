import { expect, test } from "vitest";

import { choiceName } from "./choices";

test("codes of countries, languages and genders are said in the reader's language", () => {
  expect(choiceName("country", "DE", "en")).toBe("Germany");
  expect(choiceName("country", "DE", "zh")).toBe("德国");
  expect(choiceName("language", "zh", "en")).toBe("Chinese");
  expect(choiceName("gender", "female", "zh")).toBe("女");
});

test("words of the workspace stay as they were written", () => {
  expect(choiceName("attributes.plan", "gold", "zh")).toBe("gold");
  expect(choiceName("country", "Deutschland", "zh")).toBe("Deutschland");
  expect(choiceName("gender", "–", "en")).toBe("–");
});
