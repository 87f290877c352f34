import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../../lib/http";

export type Member = components["schemas"]["Member"];
export type Role = components["schemas"]["Role"];
export type MemberRequest = components["schemas"]["MemberRequest"];
export type MemberChange = components["schemas"]["MemberChangeRequest"];

export const membersQuery = queryOptions({
  queryKey: ["members"],
  queryFn: () => ask(http.GET("/api/v1/members", { params: { query: { limit: 200 } } })),
});

export const rolesQuery = queryOptions({
  queryKey: ["roles"],
  staleTime: Infinity,
  queryFn: () => ask(http.GET("/api/v1/roles")),
});

export function useAddMember() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: MemberRequest) => ask(http.POST("/api/v1/members", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: membersQuery.queryKey }),
  });
}

export function useChangeMember() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, change }: { id: string; change: MemberChange }) =>
      ask(http.PATCH("/api/v1/members/{member_id}", { params: { path: { member_id: id } }, body: change })),
    onSettled: () => queries.invalidateQueries({ queryKey: membersQuery.queryKey }),
  });
}
