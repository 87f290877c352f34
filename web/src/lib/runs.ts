import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { type components } from "../api/schema";
import { ask, http } from "./http";
import { useMay } from "./session";

export type Run = components["schemas"]["Run"];
export type RunKind = "refresh" | "train_models";

const KEY = "runs";

/** Follow a background run until it is done or has failed. */
export function useRun(id: string | null) {
  return useQuery({
    queryKey: [KEY, id],
    enabled: id !== null,
    queryFn: () => ask(http.GET("/api/v1/runs/{run_id}", { params: { path: { run_id: id ?? "" } } })),
    refetchInterval: (query) => (isOver(query.state.data) ? false : 800),
  });
}

const underWayQuery = (kind: RunKind, may: boolean) =>
  queryOptions({
    queryKey: [KEY, "under way", kind],
    enabled: may,
    queryFn: () => ask(http.GET("/api/v1/runs", { params: { query: { kind } } })),
  });

/** The run of a kind that is on the screen: the one just begun here, else one that was already under way. */
export function useWatchedRun(kind: RunKind) {
  const [begun, watch] = useState<string | null>(null);
  const underWay = useQuery(underWayQuery(kind, useMay("runs.read"))).data?.items[0]?.id ?? null;
  const id = begun ?? underWay;
  const run = useRun(id).data;
  return { run, watch, busy: id !== null && !isOver(run), begunHere: begun !== null };
}

/** Ask for a run to stop at its next safe point; who may not gets null. */
export function useCancelRun(run: Run | undefined) {
  const queries = useQueryClient();
  const may = useMay("refresh.run");
  const cancel = useMutation({
    mutationFn: (id: string) => ask(http.POST("/api/v1/runs/{run_id}/cancel", { params: { path: { run_id: id } } })),
    onSuccess: async (told) => {
      await queries.cancelQueries({ queryKey: [KEY, told.id] }); // what was asked before would say that it still goes on
      queries.setQueryData([KEY, told.id], told);
    },
  });
  if (!may || run === undefined || isOver(run)) return null;
  return { cancelling: run.cancelling || cancel.isPending, ask: () => cancel.mutateAsync(run.id) };
}

export function isOver(run: Run | undefined): boolean {
  return run?.state === "done" || run?.state === "failed";
}

/** Somebody asked for it to stop: no failure to complain about. */
export function wasCancelled(run: Run | undefined): boolean {
  return run?.state === "failed" && run.error?.code === "cancelled";
}
