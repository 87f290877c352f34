import { infiniteQueryOptions } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../../lib/http";

export type Erasure = components["schemas"]["Erasure"];

export const erasuresQuery = infiniteQueryOptions({
  queryKey: ["erasures"],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam }) => ask(http.GET("/api/v1/persons/erasures", { params: { query: { limit: 50, cursor: pageParam } } })),
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});
