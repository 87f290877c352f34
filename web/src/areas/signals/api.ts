import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../../lib/http";

export type Signal = components["schemas"]["Signal"];
export type SignalChange = components["schemas"]["SignalChange"];
export type RiskRule = components["schemas"]["RiskRule"];
export type RiskRuleRequest = components["schemas"]["RiskRuleRequest"];
export type RuleFeature = components["schemas"]["RuleFeature"];
export type Ownership = components["schemas"]["OwnershipShape"];
export type Health = components["schemas"]["Health"];

export const signalsQuery = queryOptions({ queryKey: ["signals"], queryFn: () => ask(http.GET("/api/v1/signals")) });

export const rulesQuery = queryOptions({ queryKey: ["risk-rules"], queryFn: () => ask(http.GET("/api/v1/risk-rules")) });

export const ownershipQuery = queryOptions({ queryKey: ["ownership"], queryFn: () => ask(http.GET("/api/v1/alerts/ownership")) });

export const healthQuery = (may: boolean) =>
  queryOptions({ queryKey: ["health"], enabled: may, queryFn: () => ask(http.GET("/api/v1/health")) });

export const roleNamesQuery = queryOptions({ queryKey: ["roles"], staleTime: Infinity, queryFn: () => ask(http.GET("/api/v1/roles")) });

/** How many of today's customers a rule holds for. */
export const previewQuery = (rule: Record<string, unknown> | null) =>
  queryOptions({
    queryKey: ["risk-rules", "preview", rule],
    enabled: rule !== null,
    queryFn: () => ask(http.POST("/api/v1/risk-rules/preview", { body: { rule: rule ?? {} } })),
  });

export function useChangeSignal(name: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: SignalChange) => ask(http.PUT("/api/v1/signals/{name}", { params: { path: { name } }, body })),
    onSuccess: (changed) => {
      queries.setQueryData(signalsQuery.queryKey, (before) => before?.map((one) => (one.name === name ? changed : one)));
    },
  });
}

export function useKeepRule(id: string | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: RiskRuleRequest) =>
      id === null
        ? ask(http.POST("/api/v1/risk-rules", { body }))
        : ask(http.PUT("/api/v1/risk-rules/{rule_id}", { params: { path: { rule_id: id } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: rulesQuery.queryKey }),
  });
}

export function useForgetRule() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => ask(http.DELETE("/api/v1/risk-rules/{rule_id}", { params: { path: { rule_id: id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: rulesQuery.queryKey }),
  });
}

export function useChangeOwnership() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Ownership) => ask(http.PUT("/api/v1/alerts/ownership", { body })),
    onSuccess: (kept) => queries.setQueryData(ownershipQuery.queryKey, kept),
  });
}
