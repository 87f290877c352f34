import { queryOptions, useQuery } from "@tanstack/react-query";

import { type components } from "../api/schema";
import { type Text, useSay } from "../i18n/text";
import { ask, http } from "./http";

export type MetricDefinition = components["schemas"]["Metric"];

/** Every metric there is, with its meaning and formula. */
export const metricsQuery = queryOptions({
  queryKey: ["metrics"],
  staleTime: Infinity,
  queryFn: () => ask(http.GET("/api/v1/metrics")),
});

export interface SaidDefinition {
  label: string;
  meaning: string;
  formula: string;
  interval: string;
  churn?: string;
  source: string;
}

/** What a metric means, in the reader's language; undefined until the catalogue is here. */
export function useDefinition(name: string): SaidDefinition | undefined {
  const say = useSay();
  const metric = useQuery(metricsQuery).data?.find((one) => one.name === name);
  return metric && sayDefinition(metric, say);
}

export function sayDefinition(metric: MetricDefinition, say: (text: Text | string) => string): SaidDefinition {
  return {
    label: say(metric.label),
    meaning: say(metric.meaning),
    formula: say(metric.formula),
    interval: say(metric.interval_meaning),
    churn: metric.churn ? say(metric.churn) : undefined,
    source: metric.source.join(", "),
  };
}
