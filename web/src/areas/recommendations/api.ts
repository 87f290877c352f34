import { queryOptions } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../../lib/http";

export type Facts = components["schemas"]["Recommendations"];
export type Judged = NonNullable<Facts["judged"]>;
export type Quality = Judged["new"];
export type Example = components["schemas"]["CustomerRecommendations"];

export const factsQuery = queryOptions({
  queryKey: ["recommendations"],
  queryFn: () => ask(http.GET("/api/v1/recommendations")),
});

/** One customer to show as an example: who ordered most. */
export const exampleQuery = (may: boolean) =>
  queryOptions({
    queryKey: ["recommendations", "example"],
    enabled: may,
    queryFn: async () => {
      const { items } = await ask(http.GET("/api/v1/customers", { params: { query: { sort: "-orders", limit: 1 } } }));
      const customer = items[0];
      if (!customer) return null;
      const path = { customer_id: customer.id };
      return { customer, list: await ask(http.GET("/api/v1/customers/{customer_id}/recommendations", { params: { path, query: { limit: 5 } } })) };
    },
  });
