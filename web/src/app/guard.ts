import { redirect } from "@tanstack/react-router";

import { queryClient } from "../lib/query-client";
import { sessionQuery } from "../lib/session";
import { setupQuery } from "../lib/setup";

/** Behind the door: without a session, to the log-in; without an owner, to the first run. */
export async function requireSession({ location }: { location: { href: string } }): Promise<void> {
  const session = await queryClient.query({ ...sessionQuery, staleTime: "static" });
  if (session) return;
  const setup = await queryClient.query(setupQuery);
  if (setup.needs_owner) throw redirect({ to: "/setup" });
  throw redirect({ to: "/sign-in", search: location.href === "/" ? {} : { next: location.href } });
}

/** In front of the door: who is inside already has no business here. */
export async function requireNobody(): Promise<void> {
  if (await queryClient.query({ ...sessionQuery, staleTime: "static" })) throw redirect({ to: "/" });
  await queryClient.query(setupQuery);
}
