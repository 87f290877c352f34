import { type SendRequest } from "./api";

/** What somebody chose in the drawer so far. */
export interface Choice {
  channel: string;
  to: "list" | "everybody" | "some";
  list?: string;
  some: string[];
  due: string | null;
  stale: string | null;
  again: boolean;
  reason: string;
  given: Record<string, unknown> | null;
}

/** The choice as a request, or null while something is missing. */
export function requestOf(choice: Choice, message: { id: string; published: number | null; transactional: boolean }, occasion: string): SendRequest | null {
  const to = audienceOf(choice);
  if (to === null || choice.given === null) return null;
  if (message.transactional && choice.reason.trim().length < 5) return null;
  return {
    message: message.id,
    version: message.published,
    channel: choice.channel as SendRequest["channel"],
    to,
    dry_run: false,
    occasion: choice.again ? occasion : "",
    due_at: choice.due,
    stale_after: choice.stale,
    priority: 0,
    substitutes: [],
    reason: choice.reason,
    given: choice.given,
  };
}

function audienceOf({ to, list, some }: Choice): SendRequest["to"] | null {
  const nobody = { customer_ids: [], q: "" };
  if (to === "everybody") return { ...nobody, filter: { all: [] } };
  if (to === "list") return list ? { ...nobody, saved_filter: list } : null;
  return some.length > 0 ? { ...nobody, customer_ids: some } : null;
}
