import { QueryCache, QueryClient } from "@tanstack/react-query";

import { ApiError } from "./problem";

export const SESSION_KEY = ["session"] as const;

/** Someone who was signed in no longer is: forget them, and the guard shows the log-in page. */
function onError(error: Error): void {
  if (error instanceof ApiError && error.status === 401) queryClient.setQueryData(SESSION_KEY, null);
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // Only what may pass by itself is tried again; a refusal stays a refusal.
      retry: (count, error) => count < 2 && error instanceof ApiError && (error.status === 0 || error.status === 503),
      refetchOnWindowFocus: false,
    },
  },
});
