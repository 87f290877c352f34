import { queryOptions, useMutation } from "@tanstack/react-query";

import { type components } from "../../../api/schema";
import { download } from "../../../lib/download";
import { ask, http } from "../../../lib/http";

export type Line = components["schemas"]["ErasureLine"];
export type Erasure = components["schemas"]["Erasure"];

export interface Choice {
  keep_orders: boolean;
  keep_proof: boolean;
}

/** What would go; the ids travel in the body, so that no log keeps them. */
export const wouldGoQuery = (id: string, choice: Choice) =>
  queryOptions({
    queryKey: ["erasure preview", id, choice],
    gcTime: 0,
    queryFn: () => ask(http.POST("/api/v1/persons/erasures/preview", { body: { customer_ids: [id], ...choice } })),
  });

export function useErase(id: string) {
  return useMutation({
    gcTime: 0,
    mutationFn: ({ confirm, ...choice }: Choice & { confirm: string }) =>
      ask(http.POST("/api/v1/persons/erasures", { body: { customer_ids: [id], confirm, ...choice } })),
  });
}

export function useExport(id: string) {
  return useMutation({
    mutationFn: () => download(`/api/v1/persons/export?customer_id=${encodeURIComponent(id)}`, `person-${id}.zip`),
  });
}
