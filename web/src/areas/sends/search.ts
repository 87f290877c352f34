/** Which sends are on screen; it lives in the address, so that it can be sent to a colleague. */
export interface SendsSearch {
  state?: string;
  channel?: string;
  message?: string;
  customer?: string;
  /** Days as the calendar writes them: from the first until the end of the last. */
  from?: string;
  to?: string;
}

export function readSearch(search: Record<string, unknown>): SendsSearch {
  return { state: word(search.state), channel: word(search.channel), message: word(search.message), customer: word(search.customer), from: day(search.from), to: day(search.to) };
}

/** The question as the API takes it; days begin and end on the clock of who asks. */
export function toQuery({ customer, from, to, ...search }: SendsSearch) {
  return { ...search, customer_id: customer, since: from && startOf(from, 0), until: to && startOf(to, 1) };
}

function startOf(of: string, later: number): string {
  const at = new Date(`${of}T00:00:00`);
  at.setDate(at.getDate() + later);
  return at.toISOString();
}

function day(value: unknown): string | undefined {
  return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined;
}

function word(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && text.trim() !== "" ? text.trim() : undefined;
}
