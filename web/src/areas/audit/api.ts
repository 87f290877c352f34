import { infiniteQueryOptions } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../../lib/http";

export type Entry = components["schemas"]["Entry"];

export const auditQuery = infiniteQueryOptions({
  queryKey: ["audit"],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam }) => ask(http.GET("/api/v1/audit", { params: { query: { limit: 200, cursor: pageParam } } })),
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});
