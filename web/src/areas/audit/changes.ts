import { type Entry } from "./api";

export interface Change {
  name: string;
  before: string | null;
  after: string | null;
}

/** What an act changed, field by field; what stayed the same is left out. */
export function changesOf({ before, after }: Pick<Entry, "before" | "after">): Change[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names
    .map((name) => ({ name, before: told(before?.[name]), after: told(after?.[name]) }))
    .filter((change) => change.before !== change.after);
}

function told(value: unknown): string | null {
  if (value === null || value === undefined || value === "") return null;
  return typeof value === "string" ? value : JSON.stringify(value);
}
