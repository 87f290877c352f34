/** Addresses that one area links to in another, so that areas stay strangers. */
export function customerPath(id: string): string {
  return `/customers/${encodeURIComponent(id)}`;
}

export function messagePath(id: string): string {
  return `/messages/${encodeURIComponent(id)}`;
}

export const SENDS_PATH: string = "/sends";

export function modelPath(version: string): string {
  return `/models/${encodeURIComponent(version)}`;
}

export const IMPORTS_PATH: string = "/imports";
