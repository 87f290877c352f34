import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../../lib/http";

export type Models = components["schemas"]["Models"];
export type ModelSummary = components["schemas"]["ModelSummary"];
export type ModelPage = components["schemas"]["ModelPage"];
export type Decision = components["schemas"]["Decision"];

const KEY = "models";

export const modelsQuery = queryOptions({ queryKey: [KEY], queryFn: () => ask(http.GET("/api/v1/models")) });

export const modelQuery = (version: string) =>
  queryOptions({
    queryKey: [KEY, version],
    queryFn: () => ask(http.GET("/api/v1/models/{version}", { params: { path: { version } } })),
  });

export const useTrain = () => useMutation({ mutationFn: () => ask(http.POST("/api/v1/models/train")) });

/** Promoting and signing off change which model scores, so the list is stale too. */
function useDecide(decide: (why: string) => Promise<ModelPage>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: decide, onSuccess: () => queries.invalidateQueries({ queryKey: [KEY] }) });
}

const at = (version: string) => ({ path: { version } });

export const usePromote = (version: string) =>
  useDecide((why) => ask(http.POST("/api/v1/models/{version}/promote", { params: at(version), body: { why } })));

export const useSignOff = (version: string) =>
  useDecide((why) => ask(http.POST("/api/v1/models/{version}/sign-off", { params: at(version), body: { why } })));
