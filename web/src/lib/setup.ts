import { queryOptions } from "@tanstack/react-query";

import { ask, http } from "./http";

/** Does this workspace have an owner yet, and is it the demo? */
export const setupQuery = queryOptions({
  queryKey: ["setup"],
  queryFn: () => ask(http.GET("/api/v1/setup")),
});
