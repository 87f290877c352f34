import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { type components } from "../../../api/schema";
import { ask, http } from "../../../lib/http";

export type ConsentEntry = components["schemas"]["ConsentEntry"];
export type NewWord = components["schemas"]["NewWord"];

const of = (customerId: string) => ({ query: { customer_id: customerId } });

export const ledgerQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["consent", "ledger", customerId],
    queryFn: () => ask(http.GET("/api/v1/consent/ledger", { params: of(customerId) })),
  });

export const preferenceLinkQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["consent", "link", customerId],
    staleTime: 5 * 60_000,
    queryFn: () => ask(http.GET("/api/v1/consent/preference-link", { params: of(customerId) })),
  });

/** A word changes the ledger, what the gate says, and what the head of the page shows. */
export function useSayWord(customerId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (word: NewWord) => ask(http.POST("/api/v1/consent/ledger", { params: of(customerId), body: { words: [word] } })),
    onSuccess: async (history) => {
      queries.setQueryData(ledgerQuery(customerId).queryKey, history);
      await queries.invalidateQueries({ queryKey: ["why"] });
      return queries.invalidateQueries({ queryKey: ["customers", "profile", customerId] });
    },
  });
}
