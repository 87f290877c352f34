import { queryOptions } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../../lib/http";

export type Predictions = components["schemas"]["Predictions"];
export type Tested = NonNullable<Predictions["test"]>;

export const predictionsQuery = queryOptions({
  queryKey: ["predictions"],
  queryFn: () => ask(http.GET("/api/v1/predictions")),
});
