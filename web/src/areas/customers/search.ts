export const OPS = ["eq", "ne", "in", "lt", "lte", "gt", "gte", "contains", "empty", "not_empty"] as const;
export type Op = (typeof OPS)[number];

/** One comparison of a field with a value; `in` takes a list, `empty` and `not_empty` nothing. */
export interface Condition {
  field: string;
  op: Op;
  value?: string | number | (string | number)[];
}

/** The list on screen; it lives in the address, so that it can be sent to a colleague. */
export interface CustomersSearch {
  q?: string;
  filter?: Condition[];
  /** A field, with a leading minus for descending. */
  sort?: string;
  columns?: string[];
  /** Where the page begins; the first page has none. */
  cursor?: string;
  page?: number;
}

export const DEFAULT_SORT = "-churn_risk";

export function readSearch(search: Record<string, unknown>): CustomersSearch {
  const filter = Array.isArray(search.filter) ? search.filter.filter(isCondition) : [];
  const columns = Array.isArray(search.columns) ? search.columns.filter((one) => typeof one === "string") : [];
  const cursor = word(search.cursor);
  return {
    q: typeof search.q === "number" ? String(search.q) : word(search.q),
    filter: filter.length > 0 ? filter : undefined,
    sort: word(search.sort),
    columns: columns.length > 0 ? columns : undefined,
    cursor,
    page: cursor && typeof search.page === "number" && search.page > 1 ? Math.floor(search.page) : undefined,
  };
}

/** A condition still being written asks nothing yet. */
export function isComplete({ op, value }: Condition): boolean {
  if (op === "empty" || op === "not_empty") return true;
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== "";
}

/** The question as the API takes it. */
export function toQuery({ q, filter, sort, cursor }: CustomersSearch) {
  const all = (filter ?? []).filter(isComplete);
  return { q, sort: sort ?? DEFAULT_SORT, cursor, filter: all.length > 0 ? JSON.stringify({ all }) : undefined };
}

function isCondition(value: unknown): value is Condition {
  if (typeof value !== "object" || value === null || !("field" in value) || !("op" in value)) return false;
  const told = "value" in value ? value.value : undefined;
  const plain = (one: unknown) => typeof one === "string" || typeof one === "number";
  const fits = told === undefined || plain(told) || (Array.isArray(told) && told.every(plain));
  return typeof value.field === "string" && OPS.some((op) => op === value.op) && fits;
}

function word(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
