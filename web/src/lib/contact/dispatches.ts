import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../http";

export type Dispatch = components["schemas"]["NamedDispatch"];
export type DispatchProgress = components["schemas"]["DispatchProgress"];

const KEY = "sends";
const GOING = 700; // milliseconds between looks while something is being queued
const STILL = 5_000;
const HEAVY = 100_000; // sends that are counted less often

export function isUnderWay({ state }: { state: string }): boolean {
  return state === "asked" || state === "queueing";
}

/** What was asked for to audiences, the newest first: of one message, or all that is being queued just now. */
export const dispatchesQuery = (message: string | undefined) =>
  queryOptions({
    queryKey: [KEY, "dispatches", message ?? null],
    placeholderData: keepPreviousData,
    queryFn: () => ask(http.GET("/api/v1/sends/dispatches", { params: { query: { message, under_way: message === undefined, limit: 5 } } })),
    refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? GOING : STILL),
  });

/** One of them with what became of its sends so far. */
export const dispatchQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, "dispatch", id],
    queryFn: () => ask(http.GET("/api/v1/sends/dispatches/{dispatch_id}", { params: { path: { dispatch_id: id } } })),
    refetchInterval: ({ state }) => ((state.data?.handled ?? 0) < HEAVY && state.data && isUnderWay(state.data) ? GOING : STILL),
  });

/** Stop queueing and take back what waits of it. */
export function useStopDispatch() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ message, occasion, channel }: Dispatch) => ask(http.POST("/api/v1/sends/recall", { body: { message, occasion, channel: channel as "email" } })),
    onSettled: () => queries.invalidateQueries({ queryKey: [KEY] }),
  });
}
