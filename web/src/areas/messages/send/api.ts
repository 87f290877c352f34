import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { type components } from "../../../api/schema";
import { ask, http } from "../../../lib/http";

export type SendRequest = components["schemas"]["SendRequest"];
export type Forecast = components["schemas"]["SendForecast"];
export type Outcome = components["schemas"]["SendOutcome"];

/** Lists of customers somebody keeps. */
export const listsQuery = queryOptions({
  queryKey: ["customers", "filters"],
  queryFn: () => ask(http.GET("/api/v1/customers/filters", { params: { query: { limit: 100 } } })),
});

/** What would become of an asking; nothing is queued. */
export const rehearsalQuery = (body: SendRequest | null) =>
  queryOptions({
    queryKey: ["sends", "rehearsal", body],
    enabled: body !== null,
    retry: false,
    staleTime: 0,
    gcTime: 60_000,
    queryFn: async () => (await ask(http.POST("/api/v1/sends", { body: { ...(body as SendRequest), dry_run: true } }))).forecast,
  });

export function useSend() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ body, key }: { body: SendRequest; key: string }) => ask(http.POST("/api/v1/sends", { body, headers: { "Idempotency-Key": key } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["sends"] }),
  });
}

export function useRecall() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (message: string) => ask(http.POST("/api/v1/sends/recall", { body: { message } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["sends"] }),
  });
}
