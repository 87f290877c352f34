import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../../lib/http";

export type WriteKey = components["schemas"]["WriteKey"];
export type NewWriteKey = components["schemas"]["NewWriteKey"];
export type WriteKeyWish = components["schemas"]["WriteKeyWish"];
export type TrackedEvent = components["schemas"]["TrackedEvent"];
export type SeenEvent = components["schemas"]["SeenEvent"];
export type ExpectedEvent = components["schemas"]["ExpectedEvent"];
export type ExpectedProperty = components["schemas"]["ExpectedProperty"];
export type AddressClaim = components["schemas"]["AddressClaim"];
export type Violation = components["schemas"]["Violation"];

const KEY = "tracking";
const LIVE = 2_000;

export const latelyQuery = (going: boolean) =>
  queryOptions({ queryKey: [KEY, "lately"], refetchInterval: going ? LIVE : false, queryFn: () => ask(http.GET("/api/v1/tracking/lately", { params: { query: { limit: 100 } } })) });

export const keysQuery = queryOptions({ queryKey: [KEY, "keys"], queryFn: () => ask(http.GET("/api/v1/tracking/keys")) });

export const eventsQuery = queryOptions({ queryKey: [KEY, "events"], queryFn: () => ask(http.GET("/api/v1/tracking/events")) });

export const violationsQuery = queryOptions({ queryKey: [KEY, "violations"], queryFn: () => ask(http.GET("/api/v1/tracking/violations")) });

export const claimsQuery = infiniteQueryOptions({
  queryKey: [KEY, "claims"],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam }) => ask(http.GET("/api/v1/address-claims", { params: { query: { limit: 50, cursor: pageParam } } })),
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});

function useFresh() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: [KEY] });
}

/** The answer holds the secret, which nobody can ask for again: it must not stay in any cache. */
export function useMakeKey() {
  return useMutation({ gcTime: 0, mutationFn: (body: WriteKeyWish) => ask(http.POST("/api/v1/tracking/keys", { body })), onSuccess: useFresh() });
}

export function useChangeKey() {
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: WriteKeyWish }) => ask(http.PUT("/api/v1/tracking/keys/{key_id}", { params: { path: { key_id: id } }, body })),
    onSuccess: useFresh(),
  });
}

export function useRevokeKey() {
  return useMutation({ mutationFn: (id: string) => ask(http.DELETE("/api/v1/tracking/keys/{key_id}", { params: { path: { key_id: id } } })), onSuccess: useFresh() });
}

export function useExpect() {
  return useMutation({ mutationFn: (body: ExpectedEvent) => ask(http.PUT("/api/v1/tracking/expected", { body })), onSuccess: useFresh() });
}

export function useExpectNoMore() {
  return useMutation({ mutationFn: (name: string) => ask(http.DELETE("/api/v1/tracking/expected", { params: { query: { name } } })), onSuccess: useFresh() });
}

export function useForget() {
  return useMutation({ mutationFn: () => ask(http.DELETE("/api/v1/tracking/violations")), onSuccess: useFresh() });
}

/** The answer holds the secret, which nobody can ask for again: it must not stay in any cache. */
export function useMakeIdentity() {
  return useMutation({
    gcTime: 0,
    mutationFn: ({ id, renew }: { id: string; renew: boolean }) => ask(http.POST("/api/v1/onsite/identity/{key_id}", { params: { path: { key_id: id } }, body: { renew } })),
    onSuccess: useFresh(),
  });
}

export type Decision = "accept" | "ignore";

/** What is decided about a claimed address shows on the customer's page too. */
export function useDecide() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, decision }: { id: string; decision: Decision }) =>
      ask(http.POST(decision === "accept" ? "/api/v1/address-claims/{claim_id}/accept" : "/api/v1/address-claims/{claim_id}/ignore", { params: { path: { claim_id: id } } })),
    onSuccess: () => Promise.all([queries.invalidateQueries({ queryKey: [KEY] }), queries.invalidateQueries({ queryKey: ["customers"] })]),
  });
}
