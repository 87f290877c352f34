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

/** The names of some customers, for whoever may see them. */
export const namesQuery = (ids: readonly string[], may: boolean) =>
  queryOptions({
    queryKey: ["satisfaction", "names", ids],
    enabled: may && ids.length > 0,
    staleTime: 5 * 60_000,
    queryFn: async () => {
      const filter = JSON.stringify({ all: [{ field: "id", op: "in", value: ids }] });
      const { items } = await ask(http.GET("/api/v1/customers", { params: { query: { filter, sort: "id", limit: ids.length } } }));
      return new Map(items.map(({ id, name }) => [id, name]));
    },
  });
