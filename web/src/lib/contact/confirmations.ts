import { queryOptions } from "@tanstack/react-query";

import { ask, http } from "../http";

/** Whether people can be asked to confirm their yes, and how many wait, were asked and confirmed. */
export const confirmationsQuery = queryOptions({
  queryKey: ["consent", "confirmations"],
  queryFn: () => ask(http.GET("/api/v1/consent/confirmations")),
});
