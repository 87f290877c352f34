export interface SignInSearch {
  next?: string;
}

/** Only an address of our own may follow a log-in; anything else could lead a member to a stranger's page. */
export function readSearch(search: Record<string, unknown>): SignInSearch {
  const next = search.next;
  return typeof next === "string" && /^\/(?![/\\])/.test(next) ? { next } : {};
}
