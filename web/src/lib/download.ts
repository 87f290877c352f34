import { toApiError, unreachable } from "./problem";

/** Fetch a file and hand it to the browser's downloads, so that a refusal becomes a readable error. */
export async function download(path: string, fileName: string): Promise<void> {
  const response = await fetch(path, { credentials: "same-origin" }).catch(() => {
    throw unreachable();
  });
  if (!response.ok) throw toApiError(response.status, await response.json().catch(() => null));
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
