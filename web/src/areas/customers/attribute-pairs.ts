import { attributeText } from "./attribute-text";

/** Custom attributes as lines of a form. */
export interface Pair {
  name: string;
  value: string;
}

export function toPairs(attributes: Record<string, unknown>): Pair[] {
  return Object.entries(attributes).flatMap(([name, held]) => {
    const value = attributeText(held);
    return value === null ? [] : [{ name, value }];
  });
}

/** What a form of attributes changes; taken away means null, and a number stays a number. */
export function changedAttributes(before: Record<string, unknown>, pairs: readonly Pair[]): Record<string, string | number | null> {
  const after = new Map(pairs.filter(({ name }) => name.trim() !== "").map(({ name, value }) => [name.trim(), value.trim()]));
  const changed: Record<string, string | number | null> = {};
  for (const { name, value } of toPairs(before)) {
    const told = after.get(name);
    if (told === undefined || told === "") changed[name] = null;
    else if (told !== value) changed[name] = like(before[name], told);
    after.delete(name);
  }
  for (const [name, value] of after) if (value !== "") changed[name] = value;
  return changed;
}

/** Keep the kind of value an attribute had, when the new one allows it. */
function like(before: unknown, told: string): string | number {
  return typeof before === "number" && Number.isFinite(Number(told)) ? Number(told) : told;
}
