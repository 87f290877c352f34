import { createRouter } from "@tanstack/react-router";

import { ErrorState } from "../ui/error-state";
import { Placeholder } from "../ui/placeholder";
import { NotFound } from "./not-found";
import { routeTree } from "./routes";

export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  defaultPendingMs: 150,
  defaultPendingComponent: () => <Placeholder height={480} />,
  defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} onRetry={reset} />,
  defaultNotFoundComponent: NotFound,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
