import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../../lib/http";
import { type Draft, MARKED } from "./draft";

type Schemas = components["schemas"];
export type Message = Schemas["Message"];
export type Variant = Schemas["MessageVariant"];
export type Version = Schemas["MessageVersion"];
export type Fault = Schemas["DraftFault"];
export type Preview = Schemas["DraftPreview"];
export type PreviewRequest = Schemas["DraftPreviewRequest"];
export type Verdict = Schemas["TextMessageVerdict"];
export type Proof = Schemas["ChannelProof"];
export type Problem = Schemas["MessageProofProblem"];
export type ProofRequest = Schemas["MessageProofRequest"];
export type Block = Schemas["NamedContentBlock"];
export type BlockRequest = Schemas["ContentBlockRequest"];
export type Brand = Schemas["Brand"];
export type Picture = Schemas["Media"];

const KEY = "messages";

export const messagesQuery = (archived: boolean) =>
  queryOptions({
    queryKey: [KEY, "list", archived],
    queryFn: () => ask(http.GET("/api/v1/messages", { params: { query: { archived } } })),
  });

export const messageQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, "one", id],
    queryFn: () => ask(http.GET("/api/v1/messages/{message_id}", { params: { path: { message_id: id } } })),
  });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, "versions", id],
    queryFn: () => ask(http.GET("/api/v1/messages/{message_id}/versions", { params: { path: { message_id: id } } })),
  });

export const readingQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, "reading", id],
    queryFn: () => ask(http.GET("/api/v1/messages/{message_id}/reading", { params: { path: { message_id: id } } })),
  });

export const variablesQuery = queryOptions({
  queryKey: [KEY, "variables"],
  staleTime: Infinity,
  queryFn: () => ask(http.GET("/api/v1/messages/variables")),
});

export const blocksQuery = queryOptions({
  queryKey: [KEY, "blocks"],
  queryFn: () => ask(http.GET("/api/v1/content-blocks")),
});

export const brandQuery = queryOptions({
  queryKey: [KEY, "brand"],
  queryFn: () => ask(http.GET("/api/v1/brand")),
});

export const picturesQuery = infiniteQueryOptions({
  queryKey: [KEY, "pictures"],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam }) => ask(http.GET("/api/v1/media", { params: { query: { limit: 60, cursor: pageParam } } })),
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});

/** What is wrong with words that are still being written. */
export const faultsQuery = (draft: Pick<Draft, "channels" | "transactional">) =>
  queryOptions({
    queryKey: [KEY, "faults", draft],
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    queryFn: () => ask(http.POST("/api/v1/drafts/check", { body: { ...MARKED, ...draft } })),
  });

export const previewQuery = (body: PreviewRequest) =>
  queryOptions({
    queryKey: [KEY, "preview", body],
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    retry: false,
    queryFn: () => ask(http.POST("/api/v1/drafts/preview", { body })),
  });

export const verdictQuery = (text: string, kind: "marketing" | "notice", shortLinks: boolean) =>
  queryOptions({
    queryKey: [KEY, "verdict", text, kind, shortLinks],
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    queryFn: () => ask(http.POST("/api/v1/drafts/text-message", { body: { text, kind, short_links: shortLinks } })),
  });

/** A few customers by words; without words, those at the head of the list. */
export const someCustomersQuery = (words: string) =>
  queryOptions({
    queryKey: ["customers", "some", words],
    placeholderData: keepPreviousData,
    queryFn: () => ask(http.GET("/api/v1/customers", { params: { query: { q: words, sort: "-last_order_at", limit: 12 } } })),
  });

function useChange<V, R>(change: (wanted: V) => Promise<R>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => queries.invalidateQueries({ queryKey: [KEY] }) });
}

export const useMakeMessage = () => useChange((body: Draft) => ask(http.POST("/api/v1/messages", { body })));

/** The kept draft is on screen at once; what is made of it is asked anew. */
export function useSaveMessage(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Draft) => ask(http.PUT("/api/v1/messages/{message_id}", { params: { path: { message_id: id } }, body })),
    onSuccess: (message) => {
      queries.setQueryData(messageQuery(id).queryKey, message);
      return queries.invalidateQueries({ queryKey: [KEY, "list"] });
    },
  });
}

export const usePublish = (id: string) =>
  useChange(() => ask(http.POST("/api/v1/messages/{message_id}/publish", { params: { path: { message_id: id } } })));

export const useArchive = (id: string) =>
  useChange(() => ask(http.DELETE("/api/v1/messages/{message_id}", { params: { path: { message_id: id } } })));

export function useProof(id: string) {
  return useMutation({
    mutationFn: (body: ProofRequest) => ask(http.POST("/api/v1/messages/{message_id}/proof", { params: { path: { message_id: id } }, body })),
  });
}

export const useSaveBlock = () =>
  useChange(({ name, ...body }: BlockRequest & { name: string }) => ask(http.PUT("/api/v1/content-blocks/{name}", { params: { path: { name } }, body })));

export const useForgetBlock = () => useChange((name: string) => ask(http.DELETE("/api/v1/content-blocks/{name}", { params: { path: { name } } })));

export const useSaveBrand = () => useChange((body: Brand) => ask(http.PUT("/api/v1/brand", { body })));

export const useUploadPicture = () =>
  useChange((file: File) => {
    const form = new FormData();
    form.append("file", file);
    return ask(http.POST("/api/v1/media", { body: { file: file.name, title: file.name }, bodySerializer: () => form }));
  });

export const useForgetPicture = () => useChange((name: string) => ask(http.DELETE("/api/v1/media/{name}", { params: { path: { name } } })));
