import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { type Grain } from "../../lib/format";
import { ask, http } from "../../lib/http";

export type MetricValues = components["schemas"]["MetricValues"];
export type MetricRow = components["schemas"]["MetricValue"];
export type ReconciliationRow = components["schemas"]["RetentionRow"];

export interface Reach {
  start?: string;
  end?: string;
  grain: Grain;
  by?: string;
  window_days?: number;
}

export const valuesQuery = (question: Reach & { name: string; within_days?: number; order?: "day" | "row" }) =>
  queryOptions({
    queryKey: ["metrics", "values", question],
    placeholderData: keepPreviousData,
    queryFn: () => ask(http.GET("/api/v1/metrics/values", { params: { query: question } })),
  });

export const reconciliationQuery = (question: Reach) =>
  queryOptions({
    queryKey: ["metrics", "reconciliation", question],
    placeholderData: keepPreviousData,
    queryFn: () => ask(http.GET("/api/v1/metrics/reconciliation", { params: { query: question } })),
  });

export const dimensionsQuery = queryOptions({
  queryKey: ["metrics", "dimensions"],
  staleTime: 5 * 60_000,
  queryFn: () => ask(http.GET("/api/v1/metrics/dimensions")),
});
