import { expect, test } from "vitest";

import { changesOf } from "./changes";
import { matching } from "./search";
import { type Entry } from "./api";

test("only what changed is told", () => {
  const changes = changesOf({ before: { name: "Shop", currency: "USD" }, after: { name: "Shop", currency: "CNY" } });
  expect(changes).toEqual([{ name: "currency", before: "USD", after: "CNY" }]);
});

test("something made has no before, something taken away no after", () => {
  expect(changesOf({ before: null, after: { name: "Key" } })).toEqual([{ name: "name", before: null, after: "Key" }]);
  expect(changesOf({ before: { name: "Key" }, after: null })).toEqual([{ name: "name", before: "Key", after: null }]);
});

test("actor and subject narrow together", () => {
  const entries = [{ actor_id: "a", subject_kind: "key" }, { actor_id: "b", subject_kind: "key" }, { actor_id: "a", subject_kind: "import" }] as Entry[];
  expect(matching(entries, { actor: "a", subject: "key" })).toHaveLength(1);
});
