/** Which sends are on screen; it lives in the address, so that it can be sent to a colleague. */
export interface SendsSearch {
  state?: string;
  channel?: string;
  message?: string;
  customer?: string;
}

export function readSearch(search: Record<string, unknown>): SendsSearch {
  return { state: word(search.state), channel: word(search.channel), message: word(search.message), customer: word(search.customer) };
}

/** The question as the API takes it. */
export function toQuery({ customer, ...search }: SendsSearch) {
  return { ...search, customer_id: customer };
}

function word(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && text.trim() !== "" ? text.trim() : undefined;
}
