export const KINDS = ["exact", "on_or_after", "bracket", "streak"] as const;
export const WINDOWS = ["anniversary", "calendar"] as const;
export const GRAINS = ["day", "week", "month"] as const;
export const MEASURES = ["customers", "revenue"] as const;

export interface CohortsSearch {
  kind?: (typeof KINDS)[number];
  windows?: (typeof WINDOWS)[number];
  grain?: (typeof GRAINS)[number];
  measure?: (typeof MEASURES)[number];
  /** First and last period of each bracket: "1-3,4-6". */
  brackets?: string;
}

export function readSearch(search: Record<string, unknown>): CohortsSearch {
  return {
    kind: KINDS.find((one) => one === search.kind),
    windows: WINDOWS.find((one) => one === search.windows),
    grain: GRAINS.find((one) => one === search.grain),
    measure: MEASURES.find((one) => one === search.measure),
    brackets: typeof search.brackets === "string" && /^\d+-\d+(,\d+-\d+)*$/.test(search.brackets) ? search.brackets : undefined,
  };
}
