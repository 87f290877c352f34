import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { confirmationsQuery } from "../../lib/contact/confirmations";
import { ask, http } from "../../lib/http";

type Schemas = components["schemas"];
export type Account = Schemas["ChannelState"];
export type Kind = Schemas["ChannelKind"];
export type Fact = Schemas["ChannelFact"];
export type Request = Schemas["ChannelRequest"];
export type Health = Schemas["ChannelHealth"];
export type Rate = Schemas["Rate"];
export type Finding = Schemas["PreflightFinding"];

const KEY = "channels";

export const channelsQuery = queryOptions({
  queryKey: [KEY, "accounts"],
  queryFn: () => ask(http.GET("/api/v1/channels")),
});

export const healthQuery = (channel: string) =>
  queryOptions({
    queryKey: [KEY, "health", channel],
    queryFn: () => ask(http.GET("/api/v1/channels/{channel}/health", { params: { path: { channel } } })),
  });

/** The name servers are asked when somebody wants to know, not before. */
export const preflightQuery = (wanted: boolean) =>
  queryOptions({
    queryKey: [KEY, "preflight"],
    enabled: wanted,
    staleTime: 0,
    queryFn: () => ask(http.GET("/api/v1/channels/email/preflight")),
  });

function useChange<V, R>(change: (wanted: V) => Promise<R>) {
  const queries = useQueryClient();
  const fresh = () => Promise.all([queries.invalidateQueries({ queryKey: [KEY] }), queries.invalidateQueries({ queryKey: confirmationsQuery.queryKey })]);
  return useMutation({ mutationFn: change, onSuccess: fresh });
}

export const useEnter = () => useChange((body: Request) => ask(http.PUT("/api/v1/channels", { body })));

export const useForget = () => useChange((channel: string) => ask(http.DELETE("/api/v1/channels/{channel}", { params: { path: { channel } } })));

export const useResume = () =>
  useChange(({ channel, again }: { channel: string; again: boolean }) =>
    ask(http.POST("/api/v1/channels/{channel}/resume", { params: { path: { channel } }, body: { warm_up_again: again } })),
  );

export function useTry() {
  return useMutation({
    mutationFn: ({ channel, address }: { channel: string; address: string }) => ask(http.POST("/api/v1/channels/{channel}/test", { params: { path: { channel } }, body: { address } })),
  });
}
