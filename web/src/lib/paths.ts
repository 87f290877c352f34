/** Addresses that one area links to in another, so that areas stay strangers. */
export function customerPath(id: string): string {
  return `/customers/${encodeURIComponent(id)}`;
}

export function customersPath(filter?: object): string {
  return filter ? `/customers?filter=${encodeURIComponent(JSON.stringify(filter))}` : "/customers";
}
