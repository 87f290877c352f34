import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../../lib/http";

export type Key = components["schemas"]["Key"];
export type NewKey = components["schemas"]["NewKey"];
export type KeyRequest = components["schemas"]["KeyRequest"];

export const keysQuery = queryOptions({
  queryKey: ["keys"],
  queryFn: () => ask(http.GET("/api/v1/keys", { params: { query: { limit: 200 } } })),
});

/** The answer holds the secret, which nobody can ask for again: it must not stay in any cache. */
export function useMakeKey() {
  const queries = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: (body: KeyRequest) => ask(http.POST("/api/v1/keys", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
}

export function useRevokeKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => ask(http.DELETE("/api/v1/keys/{key_id}", { params: { path: { key_id: id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
}
