import { queryOptions } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../../lib/http";

export type ScoreKind = components["schemas"]["ScoreKind"];
export type ScoreBand = components["schemas"]["ScoreBand"];
export type Contradiction = components["schemas"]["Contradiction"];

export const satisfactionQuery = queryOptions({
  queryKey: ["satisfaction"],
  queryFn: () => ask(http.GET("/api/v1/satisfaction")),
});
