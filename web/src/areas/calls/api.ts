import { infiniteQueryOptions } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../../lib/http";

export type Call = components["schemas"]["Call"];

const PAGE = 20;

export const callListQuery = infiniteQueryOptions({
  queryKey: ["call-list"],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam }) =>
    ask(http.GET("/api/v1/call-list", { params: { query: { limit: PAGE, cursor: pageParam } } })),
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});
