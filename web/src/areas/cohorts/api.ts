import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../../lib/http";
import { type CohortsSearch } from "./search";

export type Cohorts = components["schemas"]["Cohorts"];
export type SecondOrder = components["schemas"]["SecondOrderCurve"];
export type Lifecycle = components["schemas"]["LifecycleRows"];

type Question = Required<Omit<CohortsSearch, "brackets">> & { brackets: string };

export const cohortsQuery = (question: Question) =>
  queryOptions({
    queryKey: ["metrics", "cohorts", question],
    placeholderData: keepPreviousData,
    queryFn: () => ask(http.GET("/api/v1/metrics/cohorts", { params: { query: question } })),
  });

export const secondOrderQuery = queryOptions({
  queryKey: ["metrics", "second-order"],
  queryFn: () => ask(http.GET("/api/v1/metrics/second-order")),
});

export const lifecycleQuery = queryOptions({
  queryKey: ["metrics", "lifecycle", "month"],
  queryFn: () => ask(http.GET("/api/v1/metrics/lifecycle", { params: { query: { grain: "month" } } })),
});
