import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";

import { queryClient } from "../../lib/query-client";
import { type Recommendations, recommendationsQuery } from "./api";
import { RecommendationsPanel } from "./recommendations-panel";

const found: Recommendations = {
  as_of: "2026-11-25T00:00:00Z",
  method: "ease",
  horizon_days: 96.7,
  items: [
    {
      product: { id: "P1", name: "Jasmine tea", category: "Tea", price: 39 },
      chance: 0.214,
      kind: "new",
      reason: { en: "Because they bought Oolong", zh: "因为买过乌龙" },
      because: { id: "P2", name: "Oolong", category: "Tea", price: 98 },
    },
    { product: { id: "P3", name: "Soap", category: null, price: null }, chance: null, kind: "again", reason: { en: "Bought before", zh: "曾购买过" }, because: null },
  ],
};

const show = (told: Recommendations) => {
  queryClient.setQueryData(recommendationsQuery("C1").queryKey, told);
  render(
    <QueryClientProvider client={queryClient}>
      <RecommendationsPanel id="C1" />
    </QueryClientProvider>,
  );
};

afterEach(() => queryClient.clear());

test("every product stands with its reason, its price and its chance, new ones and repeats apart", () => {
  show(found);
  const [first, second] = screen.getAllByRole("listitem").map((line) => line.textContent);
  expect(first).toContain("Jasmine tea");
  expect(first).toContain("Because they bought Oolong");
  expect(first).toContain("21% likely");
  expect(screen.getByRole("region", { name: "New to them" }).textContent).toContain("Jasmine tea");
  expect(screen.getByRole("region", { name: "Bought before" }).textContent).toContain("Soap");
  expect(second).not.toContain("likely");
  expect(screen.getByText(/within 97 days/)).toBeTruthy();
});

test("without order lines the panel says what to import", () => {
  show({ as_of: null, method: null, horizon_days: null, items: [] });
  expect(screen.getByText(/Import orders with their products/)).toBeTruthy();
});
