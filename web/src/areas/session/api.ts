import { useMutation } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { ask, http } from "../../lib/http";
import { queryClient } from "../../lib/query-client";
import { type Session, sessionQuery } from "../../lib/session";

type SignIn = components["schemas"]["SignIn"];
type SetupRequest = components["schemas"]["SetupRequest"];

function welcome(session: Session): void {
  queryClient.clear();
  queryClient.setQueryData(sessionQuery.queryKey, session);
}

export function useSignIn() {
  return useMutation({
    mutationFn: (body: SignIn) => ask(http.POST("/api/v1/session", { body })),
    onSuccess: welcome,
  });
}

export function useSetup() {
  return useMutation({
    mutationFn: (body: SetupRequest) => ask(http.POST("/api/v1/setup", { body })),
    onSuccess: welcome,
  });
}
