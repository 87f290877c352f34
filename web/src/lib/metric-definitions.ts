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

/** The tables metrics are computed from, as people call them. */
const TABLES: Record<string, Text> = {
  orders: { en: "orders", zh: "订单" },
  subscriptions: { en: "subscriptions", zh: "订阅" },
  scores: { en: "predictions", zh: "预测" },
  feedback: { en: "feedback", zh: "评价反馈" },
  tickets: { en: "service tickets", zh: "服务工单" },
  customers: { en: "customers", zh: "客户" },
  events: { en: "events", zh: "行为事件" },
};

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
    source: metric.source.map((table) => say(TABLES[table] ?? table)).join(say({ en: ", ", zh: "、" })),
  };
}
