import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../http";

export type Tap = components["schemas"]["SendTap"];

export const tapsQuery = queryOptions({
  queryKey: ["sends", "taps"],
  queryFn: () => ask(http.GET("/api/v1/sends/taps")),
});

/** Pause, resume or slow all sends, a channel or a message. */
export function useTurnTap() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Tap) => ask(http.PUT("/api/v1/sends/taps", { body })),
    onSuccess: (taps) => queries.setQueryData(tapsQuery.queryKey, taps),
  });
}
