import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../../lib/http";
import { type PredictionsSearch, toQuery } from "./search";

export type Predictions = components["schemas"]["Predictions"];
export type Earlier = NonNullable<Predictions["previous"]>;
export type Tested = NonNullable<Predictions["test"]>;
export type Customer = components["schemas"]["CustomerRow"];
export type CustomerField = components["schemas"]["CustomerField"];

const PAGE = 20;

export const predictionsQuery = queryOptions({
  queryKey: ["predictions"],
  queryFn: () => ask(http.GET("/api/v1/predictions")),
});

export const riskiestQuery = (search: PredictionsSearch) =>
  infiniteQueryOptions({
    queryKey: ["predictions", "customers", toQuery(search)],
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) => ask(http.GET("/api/v1/customers", { params: { query: { ...toQuery(search), cursor: pageParam, limit: PAGE } } })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const fieldsQuery = queryOptions({
  queryKey: ["predictions", "fields"],
  staleTime: 5 * 60_000,
  queryFn: () => ask(http.GET("/api/v1/customers/fields")),
});
