import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../../lib/http";
import { type AlertsSearch, toQuery } from "./search";

export type Alert = components["schemas"]["Alert"];
export type AlertDetail = components["schemas"]["AlertDetail"];
export type AlertEntry = components["schemas"]["AlertEntry"];
export type AlertCounts = components["schemas"]["AlertCounts"];
export type Outcome = components["schemas"]["ResolveRequest"]["outcome"];

const KEY = "alerts";
const PAGE = 20;

export const alertsQuery = (search: AlertsSearch) =>
  infiniteQueryOptions({
    queryKey: [KEY, "list", search],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => ask(http.GET("/api/v1/alerts", { params: { query: { ...toQuery(search), limit: PAGE, cursor: pageParam } } })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const alertQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, "one", id],
    queryFn: () => ask(http.GET("/api/v1/alerts/{alert_id}", { params: { path: { alert_id: id } } })),
  });

/** Who can own an alert; asked for only by those who may see members. */
export const ownersQuery = (may: boolean) =>
  queryOptions({
    queryKey: ["members"],
    enabled: may,
    queryFn: () => ask(http.GET("/api/v1/members", { params: { query: { limit: 200 } } })),
  });

export const signalNamesQuery = queryOptions({
  queryKey: ["signals"],
  staleTime: 60_000,
  queryFn: () => ask(http.GET("/api/v1/signals")),
});

/** Whatever is done to an alert answers with the alert as it now is; every list may have changed. */
function useAct<V>(act: (wanted: V) => Promise<AlertDetail>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (alert) => {
      queries.setQueryData(alertQuery(alert.id).queryKey, alert);
      return queries.invalidateQueries({ queryKey: [KEY, "list"] });
    },
  });
}

const at = (id: string) => ({ path: { alert_id: id } });

export const useNote = (id: string) =>
  useAct((text: string) => ask(http.POST("/api/v1/alerts/{alert_id}/note", { params: at(id), body: { text } })));

export const useAssign = (id: string) =>
  useAct((owner: string) => ask(http.POST("/api/v1/alerts/{alert_id}/assign", { params: at(id), body: { owner_id: owner } })));

export const useSnooze = (id: string) =>
  useAct((until: Date) => ask(http.POST("/api/v1/alerts/{alert_id}/snooze", { params: at(id), body: { until: until.toISOString() } })));

export const useEscalate = (id: string) =>
  useAct((why: string) => ask(http.POST("/api/v1/alerts/{alert_id}/escalate", { params: at(id), body: { why } })));

export const useResolve = (id: string) =>
  useAct((end: { outcome: Outcome; text: string | null }) => ask(http.POST("/api/v1/alerts/{alert_id}/resolve", { params: at(id), body: end })));

export const useReopen = (id: string) =>
  useAct((why: string) => ask(http.POST("/api/v1/alerts/{alert_id}/reopen", { params: at(id), body: { why } })));
