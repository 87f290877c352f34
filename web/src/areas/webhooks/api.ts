import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../../lib/http";

export type Webhook = components["schemas"]["Webhook"];
export type WebhookRequest = components["schemas"]["WebhookRequest"];
export type WebhookTopic = components["schemas"]["WebhookTopic"];
export type Secret = components["schemas"]["WebhookSecret"];
export type Delivery = components["schemas"]["WebhookDelivery"];
export type State = "waiting" | "delivered" | "dead";

const KEY = "webhooks";

export const webhooksQuery = queryOptions({
  queryKey: [KEY, "list"],
  refetchInterval: 5_000,
  queryFn: () => ask(http.GET("/api/v1/webhooks")),
});

export const deliveriesQuery = (id: string, state: State | undefined) =>
  infiniteQueryOptions({
    queryKey: [KEY, "deliveries", id, state ?? null],
    refetchInterval: 5_000,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      ask(http.GET("/api/v1/webhooks/{webhook_id}/deliveries", { params: { path: { webhook_id: id }, query: { state, limit: 25, cursor: pageParam } } })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const deliveryQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, "delivery", id],
    queryFn: () => ask(http.GET("/api/v1/webhooks/deliveries/{delivery_id}", { params: { path: { delivery_id: id } } })),
  });

function useFresh() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: [KEY] });
}

/** The answer may hold a secret, which nobody can ask for again: it must not stay in any cache. */
export function useMake() {
  return useMutation({ gcTime: 0, mutationFn: (body: WebhookRequest) => ask(http.POST("/api/v1/webhooks", { body })), onSuccess: useFresh() });
}

export function useRotate() {
  return useMutation({
    gcTime: 0,
    mutationFn: (id: string) => ask(http.POST("/api/v1/webhooks/{webhook_id}/secret", { params: { path: { webhook_id: id } } })),
    onSuccess: useFresh(),
  });
}

export function useChange() {
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: WebhookRequest }) => ask(http.PUT("/api/v1/webhooks/{webhook_id}", { params: { path: { webhook_id: id } }, body })),
    onSettled: useFresh(),
  });
}

/** What the receiver was told is gone with it: only the list is asked for again. */
export function useForget() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => ask(http.DELETE("/api/v1/webhooks/{webhook_id}", { params: { path: { webhook_id: id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: webhooksQuery.queryKey }),
  });
}

export function useTry() {
  return useMutation({
    mutationFn: (id: string) => ask(http.POST("/api/v1/webhooks/{webhook_id}/test", { params: { path: { webhook_id: id } } })),
    onSettled: useFresh(),
  });
}

export function useReplayOne() {
  return useMutation({
    mutationFn: (id: string) => ask(http.POST("/api/v1/webhooks/deliveries/{delivery_id}/replay", { params: { path: { delivery_id: id } } })),
    onSettled: useFresh(),
  });
}

/** Tell again everything that was given up: what is older than ninety days was forgotten. */
export function useReplayDead() {
  return useMutation({
    mutationFn: (id: string) =>
      ask(
        http.POST("/api/v1/webhooks/{webhook_id}/replay", {
          params: { path: { webhook_id: id } },
          body: { since: "2000-01-01T00:00:00Z", until: new Date(Date.now() + 60_000).toISOString(), dead_only: true },
        }),
      ),
    onSettled: useFresh(),
  });
}
