import { useQuery } from "@tanstack/react-query";

import { type components } from "../api/schema";
import { ask, http } from "./http";

export type Run = components["schemas"]["Run"];

/** Follow a background run until it is done or has failed. */
export function useRun(id: string | null) {
  return useQuery({
    queryKey: ["runs", id],
    enabled: id !== null,
    queryFn: () => ask(http.GET("/api/v1/runs/{run_id}", { params: { path: { run_id: id ?? "" } } })),
    refetchInterval: (query) => (isOver(query.state.data) ? false : 800),
  });
}

export function isOver(run: Run | undefined): boolean {
  return run?.state === "done" || run?.state === "failed";
}
