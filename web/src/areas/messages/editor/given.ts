/** What templates find under `given`, as typed; null when it is no JSON object. */
export function given(typed: string): Record<string, unknown> | null {
  if (typed.trim() === "") return {};
  try {
    const found: unknown = JSON.parse(typed);
    return typeof found === "object" && found !== null && !Array.isArray(found) ? (found as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
