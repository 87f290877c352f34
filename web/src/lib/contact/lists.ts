import { queryOptions } from "@tanstack/react-query";

import { ask, http } from "../http";

/** The lists people may be on, and every version of what they agreed to. */
export const consentQuery = queryOptions({
  queryKey: ["consent", "settings"],
  staleTime: 60_000,
  queryFn: () => ask(http.GET("/api/v1/consent")),
});
