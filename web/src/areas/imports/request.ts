import { type Import, type ImportOptions } from "./api";

/** Columns kept under their own name have this field. */
export const KEPT = "attributes";

/** What the person chose so far: the kind of file, a field for each column, and the options. */
export interface Choice {
  kind: string;
  fields: Record<string, string | null>;
  options: NonNullable<ImportOptions>;
}

/** The server's guesses, as far as they fit: after a change of kind or sheet some fields and columns are no more. */
export function choiceOf(told: Import): Choice {
  const known = new Set([KEPT, ...told.fields.map(({ name }) => name)]);
  const guessed = new Map(told.mapping.map(({ column, field }) => [column, field !== null && known.has(field) ? field : null]));
  return {
    kind: told.kind,
    fields: Object.fromEntries(told.columns.map(({ name }) => [name, guessed.get(name) ?? null])),
    options: told.options,
  };
}

export function toRequest({ kind, fields, options }: Choice) {
  return { kind, mapping: Object.entries(fields).map(([column, field]) => ({ column, field })), options };
}

/** Give a column a field; a field belongs to one column, so another column that had it lets go. */
export function assign(fields: Choice["fields"], column: string, field: string | null): Choice["fields"] {
  const freed = Object.entries(fields).map(([name, held]) => [name, held === field && field !== KEPT ? null : held] as const);
  return { ...Object.fromEntries(freed), [column]: field };
}

/** Required fields that no column gives yet. */
export function missing(told: Import, fields: Choice["fields"]): Import["fields"] {
  const given = new Set(Object.values(fields));
  return told.fields.filter(({ required, name }) => required && !given.has(name));
}

/** The name of the column a complaint such as `/mapping/3/field` speaks of. */
export function placeOf(path: string, choice: Choice): string | null {
  const at = /^\/mapping\/(\d+)\//.exec(path)?.[1];
  return at === undefined ? null : (Object.keys(choice.fields)[Number(at)] ?? null);
}
