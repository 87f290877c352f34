import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../../lib/http";
import { type Rules } from "./rules";

export type Policy = components["schemas"]["ContactPolicy"];

export const policyQuery = queryOptions({
  queryKey: ["contact-policy"],
  queryFn: () => ask(http.GET("/api/v1/contact-policy")),
});

/** Names of those who change rules. */
export const membersQuery = queryOptions({
  queryKey: ["members"],
  queryFn: () => ask(http.GET("/api/v1/members", { params: { query: { limit: 200 } } })),
});

/** New rules change what the gate says about everybody. */
export function useChangePolicy() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Rules) => ask(http.PUT("/api/v1/contact-policy", { body })),
    onSuccess: (policy) => {
      queries.setQueryData(policyQuery.queryKey, policy);
      return queries.invalidateQueries({ queryKey: ["why"] });
    },
  });
}
