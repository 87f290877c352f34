import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../../lib/http";
import { type CustomersSearch, toQuery } from "./search";

export type Customer = components["schemas"]["CustomerRow"];
export type CustomerList = components["schemas"]["CustomerList"];
export type CustomerField = components["schemas"]["CustomerField"];
export type SavedFilter = components["schemas"]["SavedFilter"];
export type SavedFilterRequest = components["schemas"]["SavedFilterRequest"];
export type Profile = components["schemas"]["CustomerProfile"];
export type ProfileChange = components["schemas"]["CustomerChangeRequest"];
export type Recommendations = components["schemas"]["CustomerRecommendations"];
export type TimelineEntry = components["schemas"]["TimelineItem"];

export type Risk = components["schemas"]["CustomerRisk"];
export type Lowering = components["schemas"]["RiskLowering"];
export type Health = components["schemas"]["CustomerHealth"];

export const PAGE = 50;
const KEY = "customers";

export const customersQuery = (search: CustomersSearch) =>
  queryOptions({
    queryKey: [KEY, "list", toQuery(search)],
    placeholderData: keepPreviousData,
    queryFn: () => ask(http.GET("/api/v1/customers", { params: { query: { ...toQuery(search), limit: PAGE } } })),
  });

export const fieldsQuery = queryOptions({
  queryKey: [KEY, "fields"],
  staleTime: 5 * 60_000,
  queryFn: () => ask(http.GET("/api/v1/customers/fields")),
});

export const filtersQuery = queryOptions({
  queryKey: [KEY, "filters"],
  queryFn: () => ask(http.GET("/api/v1/customers/filters", { params: { query: { limit: 100 } } })),
});

/** A few customers found by words, to choose one from. */
export const matchesQuery = (words: string) =>
  queryOptions({
    queryKey: [KEY, "matches", words],
    enabled: words.trim() !== "",
    placeholderData: keepPreviousData,
    queryFn: () => ask(http.GET("/api/v1/customers", { params: { query: { q: words, sort: "name", limit: 8 } } })),
  });

export const profileQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, "profile", id],
    queryFn: () => ask(http.GET("/api/v1/customers/{customer_id}", { params: { path: { customer_id: id } } })),
  });

export const recommendationsQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, "recommendations", id],
    queryFn: () => ask(http.GET("/api/v1/customers/{customer_id}/recommendations", { params: { path: { customer_id: id } } })),
  });

export const healthQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, "health", id],
    queryFn: () => ask(http.GET("/api/v1/customers/{customer_id}/health", { params: { path: { customer_id: id } } })),
  });

export const riskQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, "risk", id],
    queryFn: () => ask(http.GET("/api/v1/customers/{customer_id}/risk", { params: { path: { customer_id: id } } })),
  });

/** Asked apart: the model is asked anew, which takes a second or two. */
export const loweringQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, "risk", id, "lowering"],
    queryFn: () => ask(http.GET("/api/v1/customers/{customer_id}/risk/lowering", { params: { path: { customer_id: id } } })),
  });

export const timelineQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [KEY, "timeline", id],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      ask(
        http.GET("/api/v1/customers/{customer_id}/timeline", {
          params: { path: { customer_id: id }, query: { cursor: pageParam, limit: PAGE } },
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const claimsQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, "claims", id],
    queryFn: () => ask(http.GET("/api/v1/address-claims", { params: { query: { customer_id: id } } })),
  });

export function useSaveFilter() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: SavedFilterRequest) => ask(http.POST("/api/v1/customers/filters", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: filtersQuery.queryKey }),
  });
}

export function useForgetFilter() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => ask(http.DELETE("/api/v1/customers/filters/{filter_id}", { params: { path: { filter_id: id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: filtersQuery.queryKey }),
  });
}

/** Whatever changes one customer changes its page, its timeline and every list it stands in. */
function useCustomerChange<V, R>(change: (wanted: V) => Promise<R>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => queries.invalidateQueries({ queryKey: [KEY] }) });
}

export function useChangeCustomer(id: string) {
  const params = { path: { customer_id: id } };
  return useCustomerChange((body: ProfileChange) => ask(http.PATCH("/api/v1/customers/{customer_id}", { params, body })));
}

export function useMerge(id: string) {
  const params = { path: { customer_id: id } };
  return useCustomerChange((otherId: string) =>
    ask(http.POST("/api/v1/customers/{customer_id}/merge", { params, body: { other_id: otherId } })),
  );
}

export function useUnmerge(id: string) {
  const params = { path: { customer_id: id } };
  return useCustomerChange((mergeId: string) =>
    ask(http.POST("/api/v1/customers/{customer_id}/unmerge", { params, body: { merge_id: mergeId } })),
  );
}

export function useAcceptClaim() {
  return useCustomerChange((id: string) => ask(http.POST("/api/v1/address-claims/{claim_id}/accept", { params: { path: { claim_id: id } } })));
}

export function useIgnoreClaim() {
  return useCustomerChange((id: string) => ask(http.POST("/api/v1/address-claims/{claim_id}/ignore", { params: { path: { claim_id: id } } })));
}
