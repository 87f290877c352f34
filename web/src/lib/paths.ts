/** Addresses that one area links to in another, so that areas stay strangers. */
export function customerPath(id: string): string {
  return `/customers/${encodeURIComponent(id)}`;
}

export function modelPath(version: string): string {
  return `/models/${encodeURIComponent(version)}`;
}

export const IMPORTS_PATH: string = "/imports";
