export const TABS = ["live", "keys", "events", "violations", "claims"] as const;
export type Tab = (typeof TABS)[number];

/** Which part of tracking is on screen; it lives in the address. */
export interface TrackingSearch {
  tab?: Tab;
}

export function readSearch(search: Record<string, unknown>): TrackingSearch {
  return { tab: TABS.find((tab) => tab === search.tab && tab !== "live") };
}
