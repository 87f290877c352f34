/** A custom attribute may hold anything; nothing told is null. */
export function attributeText(value: unknown): string | null {
  if (value === null || value === undefined || value === "") return null;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : JSON.stringify(value);
}
