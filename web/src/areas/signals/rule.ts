/** One comparison of one feature with a number; `known` and `unknown` take none. */
export interface RuleCondition {
  feature: string;
  op: string;
  value?: number;
}

/** A rule that the editor can show: conditions of which all, or any, must hold. */
export interface FlatRule {
  of: "all" | "any";
  conditions: RuleCondition[];
}

const ASKS = ["known", "unknown"];

/** Reads a rule as the API keeps it; null for one with groups inside groups, which only the API can change. */
export function readRule(rule: Record<string, unknown>): FlatRule | null {
  const of = "any" in rule ? "any" : "all";
  const parts = rule[of];
  if (!Array.isArray(parts) || !parts.every(isCondition)) return null;
  return { of, conditions: parts };
}

export function writeRule({ of, conditions }: FlatRule): Record<string, unknown> {
  return { [of]: conditions };
}

/** A condition still being written holds for nobody yet. */
export function isWhole({ feature, op, value }: RuleCondition): boolean {
  return feature !== "" && op !== "" && (ASKS.includes(op) || value !== undefined);
}

export function asksOnly(op: string): boolean {
  return ASKS.includes(op);
}

function isCondition(part: unknown): part is RuleCondition {
  return typeof part === "object" && part !== null && "feature" in part && "op" in part;
}
