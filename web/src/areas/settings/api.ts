import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../../lib/http";
import { sessionQuery } from "../../lib/session";

export type Settings = components["schemas"]["Settings"];
export type ChosenChurn = components["schemas"]["ChosenChurn"];
export type SettingsChange = components["schemas"]["SettingsChange"];
export type SessionChange = components["schemas"]["SessionChange"];

export const settingsQuery = queryOptions({
  queryKey: ["settings"],
  queryFn: () => ask(http.GET("/api/v1/settings")),
});

/** How long customers usually wait between two orders. */
export const gapsQuery = queryOptions({
  queryKey: ["settings", "gaps"],
  staleTime: 5 * 60_000,
  queryFn: () => ask(http.GET("/api/v1/settings/gap-quantiles")),
});

/** Name, currency and time zone are part of the session that every page reads. */
export function useChangeSettings() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: SettingsChange) => ask(http.PATCH("/api/v1/settings", { body })),
    onSuccess: (settings) => {
      queries.setQueryData(settingsQuery.queryKey, settings);
      void queries.invalidateQueries({ queryKey: ["metrics"] });
      return queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
}

export function useChangeSession() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: SessionChange) => ask(http.PATCH("/api/v1/session", { body })),
    onSuccess: (session) => queries.setQueryData(sessionQuery.queryKey, session),
  });
}
