import { type Entry } from "./api";

/** Which entries are on screen; kept in the address. */
export interface AuditSearch {
  actor?: string;
  subject?: string;
}

export function readSearch(search: Record<string, unknown>): AuditSearch {
  return { actor: word(search.actor), subject: word(search.subject) };
}

export function matching(entries: readonly Entry[], { actor, subject }: AuditSearch): Entry[] {
  return entries.filter((entry) => (!actor || entry.actor_id === actor) && (!subject || entry.subject_kind === subject));
}

function word(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
