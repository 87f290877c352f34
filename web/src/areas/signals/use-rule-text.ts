import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { type RuleFeature } from "./api";
import { asksOnly, readRule, type RuleCondition } from "./rule";
import { useWords } from "./words";

/** Reads a rule back in plain words. */
export function useRuleText(features: readonly RuleFeature[]): (rule: Record<string, unknown>) => string {
  const t = useWords();
  const say = useSay();
  const { number } = useFormat();
  const textOf = ({ feature, op, value }: RuleCondition) => {
    const known = features.find(({ name }) => name === feature);
    const words = [known ? say(known.label) : feature, t(`op_${op}` as "op_eq")];
    return [...words, ...(asksOnly(op) || value === undefined ? [] : [number(value, 2)])].join(" ");
  };
  return (rule) => {
    const flat = readRule(rule);
    if (!flat) return t("nested");
    return flat.conditions.map(textOf).join(flat.of === "all" ? t("and") : t("or"));
  };
}
