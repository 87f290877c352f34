import { type MetricRow } from "./api";

/** As many lines as an eye can follow. */
export const SHOWN = 6;

/** The segments of an answer, largest first by how many customers stand behind them. */
export function segmentsOf(rows: readonly MetricRow[]): (string | null)[] {
  const sizes = new Map<string | null, number>();
  for (const { segment, n } of rows) sizes.set(segment ?? null, (sizes.get(segment ?? null) ?? 0) + n);
  return [...sizes.entries()].sort(([, a], [, b]) => b - a).map(([segment]) => segment);
}

/** Rows for reading: the latest period on top, segments in the order they came. */
export function latestFirst<R extends { start: string }>(rows: readonly R[]): R[] {
  return rows.toSorted((a, b) => b.start.localeCompare(a.start));
}
