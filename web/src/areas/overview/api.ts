import { useMutation } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../../lib/http";

export type Overview = components["schemas"]["Overview"];
export type OverviewCard = components["schemas"]["OverviewCard"];

/** Ask for numbers, features, models and scores to be made anew. */
export function useRefresh() {
  return useMutation({ mutationFn: () => ask(http.POST("/api/v1/refresh")) });
}
