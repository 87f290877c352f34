import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { consentQuery } from "../../lib/contact/lists";
import { ask, http } from "../../lib/http";

export type List = components["schemas"]["ConsentPurpose"];
export type Wording = components["schemas"]["ConsentWording"];
export type NewWording = components["schemas"]["NewWording"];

export type PagePreview = components["schemas"]["PagePreview"];
export const PAGES = ["preferences", "unsubscribe", "confirm"] as const;

/** A public page in the look that is in use; anew whenever a list or a sentence changes. */
export const pageQuery = (page: (typeof PAGES)[number], language: "en" | "zh") =>
  queryOptions({
    queryKey: [...consentQuery.queryKey, "page", page, language],
    placeholderData: keepPreviousData,
    queryFn: () => ask(http.POST("/api/v1/consent/preview", { body: { page, language } })),
  });

function useChange<V, R>(change: (wanted: V) => Promise<R>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => queries.invalidateQueries({ queryKey: consentQuery.queryKey }) });
}

export function useSaveList() {
  return useChange((body: List) => ask(http.PUT("/api/v1/consent/purposes", { body })));
}

export function usePublishWording() {
  return useChange((body: NewWording) => ask(http.POST("/api/v1/consent/wordings", { body })));
}
