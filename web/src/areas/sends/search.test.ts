import { expect, test } from "vitest";

import { readSearch, toQuery } from "./search";

test("an address with a number for a customer is understood, blanks are no filter", () => {
  expect(toQuery(readSearch({ customer: 17, state: " ", message: "spring " }))).toEqual({ customer_id: "17", message: "spring" });
});
