import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../../lib/http";

export type Closed = components["schemas"]["Suppressed"];
export type Address = components["schemas"]["AddressRequest"];

const KEY = ["suppressions"];

export const closedQuery = infiniteQueryOptions({
  queryKey: KEY,
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam }) => ask(http.GET("/api/v1/suppressions", { params: { query: { limit: 50, cursor: pageParam } } })),
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});

/** The address travels in the body, so that no log and no cache keeps it. */
export function useLookUp() {
  return useMutation({ gcTime: 0, mutationFn: (body: Address) => ask(http.POST("/api/v1/suppressions/search", { body })) });
}

function useChange(change: (address: Address) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: change,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["why"] });
      return queries.invalidateQueries({ queryKey: KEY });
    },
  });
}

export function useClose() {
  return useChange((body) => ask(http.POST("/api/v1/suppressions", { body })));
}

export function useOpen() {
  return useChange((body) => ask(http.POST("/api/v1/suppressions/open", { body })));
}
