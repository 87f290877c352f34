import { expect, test } from "vitest";

import { type Choice, requestOf } from "./asking";

const choice: Choice = { channel: "email", to: "list", list: "flt_1", some: [], due: null, stale: null, again: false, reason: "", given: {} };
const message = { id: "msg_1", published: 3, transactional: false };

test("a choice becomes a request for the version on screen", () => {
  expect(requestOf(choice, message, "now")).toMatchObject({ message: "msg_1", version: 3, to: { saved_filter: "flt_1" }, occasion: "" });
  expect(requestOf({ ...choice, again: true }, message, "now")?.occasion).toBe("now");
});

test("while nobody is chosen, or a reason is missing, nothing is asked", () => {
  expect(requestOf({ ...choice, list: undefined }, message, "")).toBeNull();
  expect(requestOf({ ...choice, to: "some" }, message, "")).toBeNull();
  expect(requestOf(choice, { ...message, transactional: true }, "")).toBeNull();
  expect(requestOf({ ...choice, given: null }, message, "")).toBeNull();
  expect(requestOf({ ...choice, reason: "Kettle recall" }, { ...message, transactional: true }, "")).not.toBeNull();
});
