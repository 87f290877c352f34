import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../../lib/http";

export type Import = components["schemas"]["Import"];
export type ImportRequest = components["schemas"]["ImportRequest"];
export type ImportOptions = ImportRequest["options"];
export type ImportField = components["schemas"]["ImportField"];
export type ImportCounts = components["schemas"]["ImportCounts"];
export type ImportPreview = components["schemas"]["ImportPreview"];
export type ImportProblem = components["schemas"]["ImportProblem"];

const KEY = "imports";

export const importsQuery = infiniteQueryOptions({
  queryKey: [KEY, "list"],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam }) => ask(http.GET("/api/v1/imports", { params: { query: { limit: 20, cursor: pageParam } } })),
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, "one", id],
    queryFn: () => ask(http.GET("/api/v1/imports/{import_id}", { params: { path: { import_id: id } } })),
  });

export function useUpload() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append("file", file);
      return ask(http.POST("/api/v1/imports", { body: { file: file.name }, bodySerializer: () => form }));
    },
    onSuccess: (taken) => {
      queries.setQueryData(importQuery(taken.id).queryKey, taken);
      return queries.invalidateQueries({ queryKey: importsQuery.queryKey });
    },
  });
}

/** What this import would do. The server keeps the choices, so the import is read anew. */
export function usePreview(id: string) {
  const queries = useQueryClient();
  const params = { path: { import_id: id } };
  return useMutation({
    mutationFn: (body: ImportRequest) => ask(http.POST("/api/v1/imports/{import_id}/preview", { params, body })),
    onSettled: () => queries.invalidateQueries({ queryKey: importQuery(id).queryKey }),
  });
}

export function useRunImport(id: string) {
  const queries = useQueryClient();
  const params = { path: { import_id: id } };
  return useMutation({
    mutationFn: (body: ImportRequest) =>
      ask(http.POST("/api/v1/imports/{import_id}/run", { params, body: { ...body, remember: true } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: [KEY] }),
  });
}

/** An undo changes every number there is. */
export function useUndoImport(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => ask(http.POST("/api/v1/imports/{import_id}/undo", { params: { path: { import_id: id } } })),
    onSuccess: () => queries.invalidateQueries(),
  });
}

export function badRowsPath(id: string): string {
  return `/api/v1/imports/${encodeURIComponent(id)}/bad-rows.csv`;
}

export function useRefresh() {
  return useMutation({ mutationFn: () => ask(http.POST("/api/v1/refresh")) });
}
