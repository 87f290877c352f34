import { queryOptions, useQuery } from "@tanstack/react-query";

import { type components } from "../api/schema";
import { ask, http } from "./http";
import { ApiError } from "./problem";
import { SESSION_KEY } from "./query-client";

export type Session = components["schemas"]["Session"];

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: SESSION_KEY,
  staleTime: 5 * 60_000,
  queryFn: async (): Promise<Session | null> => {
    try {
      return await ask(http.GET("/api/v1/session"));
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
});

/** The signed-in member's session; only for screens behind the guard. */
export function useSession(): Session | null {
  return useQuery(sessionQuery).data ?? null;
}

/** May the signed-in member do this? Permissions are named "<noun>.<verb>". */
export function useMay(permission: string): boolean {
  return useSession()?.permissions.includes(permission) ?? false;
}
