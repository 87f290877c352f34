export const STATES = ["unresolved", "open", "snoozed", "resolved"] as const;
export type State = (typeof STATES)[number];

export const TIERS = ["A", "B", "C"] as const;
export type Tier = (typeof TIERS)[number];

/** Which alerts are on screen; it lives in the address, so that it can be sent to a colleague. */
export interface AlertsSearch {
  /** A member's id, `me`, or `none`; left out: everybody's. */
  owner?: string;
  state?: State;
  tier?: Tier;
  signal?: string;
  overdue?: true;
}

export function readSearch(search: Record<string, unknown>): AlertsSearch {
  return {
    owner: word(search.owner),
    state: STATES.find((state) => state === search.state && state !== "unresolved"),
    tier: TIERS.find((tier) => tier === search.tier),
    signal: word(search.signal),
    overdue: search.overdue === true ? true : undefined,
  };
}

/** The question as the API takes it. */
export function toQuery({ owner, state, tier, signal, overdue }: AlertsSearch) {
  return { owner, state: state ?? "unresolved", tier, signal, overdue };
}

function word(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
