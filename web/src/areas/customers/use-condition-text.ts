import { useSay } from "../../i18n/text";
import { useChoiceName } from "../../lib/choices";
import { useFormat } from "../../lib/use-format";
import { type CustomerField } from "./api";
import { type Condition } from "./search";
import { useWords } from "./words";

/** Fields whose numbers are shares; people write and read them as percentages. */
export const SHARES = new Set(["churn_risk", "probability_of_order_90"]);

/** A condition as a short sentence: “Tier is one of A, B”. */
export function useConditionText(fields: readonly CustomerField[]): (condition: Condition) => string {
  const t = useWords();
  const say = useSay();
  const choiceName = useChoiceName();
  const { percent, number, date } = useFormat();
  return ({ field: name, op, value }) => {
    const field = fields.find((one) => one.name === name);
    const told = (one: string | number) => {
      if (typeof one === "number") return SHARES.has(name) ? percent(one, 0) : number(one, 2);
      return field?.type === "date" ? date(one) : choiceName(name, one);
    };
    const values = value === undefined ? [] : Array.isArray(value) ? value : [value];
    return [field ? say(field.label) : name, t(`op_${op}`), values.map(told).join(", ")].filter(Boolean).join(" ");
  };
}
