import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { consentQuery } from "../../lib/contact/lists";
import { ask, http } from "../../lib/http";

export type List = components["schemas"]["ConsentPurpose"];
export type Wording = components["schemas"]["ConsentWording"];
export type NewWording = components["schemas"]["NewWording"];

export type PagePreview = components["schemas"]["PagePreview"];
export const PAGES = ["preferences", "unsubscribe", "confirm"] as const;

export type Brand = components["schemas"]["Brand"];
export type Look = components["schemas"]["PageLook"];

export const brandQuery = queryOptions({
  queryKey: ["messages", "brand"],
  queryFn: () => ask(http.GET("/api/v1/brand")),
});

/** The part of a brand that public pages wear. */
export function lookOf({ name, colour, text_colour, logo_url, site_url, postal_address }: Brand): Look {
  return { name, colour, text_colour, logo_url, site_url, address: postal_address };
}

export function useSaveLook() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Brand) => ask(http.PUT("/api/v1/brand", { body })),
    onSuccess: async (kept) => {
      queries.setQueryData(brandQuery.queryKey, kept);
      await queries.invalidateQueries({ queryKey: consentQuery.queryKey });
    },
  });
}

/** A public page in a look that is tried, else in the one in use; anew whenever a list or a sentence changes. */
export const pageQuery = (page: (typeof PAGES)[number], language: "en" | "zh", look: Look | null) =>
  queryOptions({
    queryKey: [...consentQuery.queryKey, "page", page, language, look],
    placeholderData: keepPreviousData,
    queryFn: () => ask(http.POST("/api/v1/consent/preview", { body: { page, language, look } })),
  });

function useChange<V, R>(change: (wanted: V) => Promise<R>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => queries.invalidateQueries({ queryKey: ["consent"] }) });
}

export function useSaveList() {
  return useChange((body: List) => ask(http.PUT("/api/v1/consent/purposes", { body })));
}

export function usePublishWording() {
  return useChange((body: NewWording) => ask(http.POST("/api/v1/consent/wordings", { body })));
}
