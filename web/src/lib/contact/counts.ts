import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { ask, http } from "../http";

/** How many sends of a message, or of all, are in each state. */
export const countsOf = (message: string | undefined) =>
  queryOptions({
    queryKey: ["sends", "counts", message ?? null],
    placeholderData: keepPreviousData,
    queryFn: () => ask(http.GET("/api/v1/sends/counts", { params: { query: { message } } })),
  });
