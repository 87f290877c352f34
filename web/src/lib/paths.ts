/** Addresses that one area links to in another, so that areas stay strangers. */
export function customerPath(id: string): string {
  return `/customers/${encodeURIComponent(id)}`;
}

export const IMPORTS_PATH: string = "/imports";
