import { expect, test } from "vitest";

import { channelsOf, type Draft, EMPTY, marksOf, same, withVariant } from "./draft";

const draft: Draft = { name: "A", purpose: "marketing", category: "", tags: [], transactional: false, tracked: true, short_links: true, channels: { sms: { en: { ...EMPTY, text: "Hi" } } } };

test("a draft with the same words in another order, or with empty parts left out, is the same", () => {
  const lean = { ...draft, channels: { sms: { en: { text: "Hi" } } } } as unknown as Draft;
  expect(same(draft, lean)).toBe(true);
  expect(same(draft, { ...draft, name: "B" })).toBe(false);
});

test("the last language of a channel takes the channel with it", () => {
  const more = withVariant(draft, "email", "zh", EMPTY);
  expect(channelsOf(more)).toEqual(["email", "sms"]);
  expect(channelsOf(withVariant(more, "sms", "en", null))).toEqual(["email"]);
  expect(channelsOf(draft)).toEqual(["sms"]);
});

test("only the faults of a part mark its lines", () => {
  const words = { en: "No", zh: "不" };
  const faults = [
    { kind: "syntax", part: "sms.en.text", line: 2, words, remedy: null },
    { kind: "syntax", part: "email.en.mjml", line: 1, words, remedy: null },
    { kind: "empty", part: "sms.en.text", line: null, words, remedy: null },
  ];
  expect([...marksOf(faults, "sms.en.text", (said) => said.en)]).toEqual([[2, "No"]]);
});
