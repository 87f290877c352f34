import { queryOptions } from "@tanstack/react-query";

import { ask, http } from "./http";

/** The state of the workspace in one answer; other screens take the reach of the data from it. */
export const overviewQuery = queryOptions({
  queryKey: ["overview"],
  queryFn: () => ask(http.GET("/api/v1/overview")),
});
