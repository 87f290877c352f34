import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../../lib/http";
import { type SendsSearch, toQuery } from "./search";

export type Send = components["schemas"]["SendItem"];
export type TapState = components["schemas"]["SendTapState"];

const KEY = "sends";

export const sendsQuery = (search: SendsSearch) =>
  infiniteQueryOptions({
    queryKey: [KEY, "list", toQuery(search)],
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => ask(http.GET("/api/v1/sends", { params: { query: { ...toQuery(search), limit: 50, cursor: pageParam } } })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

/** Messages by their names, those put away too. */
export const messageNamesQuery = queryOptions({
  queryKey: ["messages", "list", true],
  queryFn: () => ask(http.GET("/api/v1/messages", { params: { query: { archived: true } } })),
});

/** How many sends are in each state, of those the choice shows in any state. */
export const countsQuery = (search: SendsSearch) =>
  queryOptions({
    queryKey: [KEY, "counts", toQuery({ ...search, state: undefined })],
    placeholderData: keepPreviousData,
    queryFn: () => ask(http.GET("/api/v1/sends/counts", { params: { query: toQuery({ ...search, state: undefined }) } })),
  });

/** What was held goes or is dropped; the lists, the counts and the reasons follow. */
export function useSettle(act: "release" | "discard") {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => {
      const params = { path: { send_id: id } };
      return act === "release" ? ask(http.POST("/api/v1/sends/{send_id}/release", { params })) : ask(http.POST("/api/v1/sends/{send_id}/discard", { params }));
    },
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ["why"] });
      return queries.invalidateQueries({ queryKey: [KEY] });
    },
  });
}
