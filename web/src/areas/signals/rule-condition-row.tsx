import { DeleteOutlined } from "@ant-design/icons";
import { Button, InputNumber, Select } from "antd";

import { useSay } from "../../i18n/text";
import { type RuleFeature } from "./api";
import { asksOnly, type RuleCondition } from "./rule";
import styles from "./signals.module.css";
import { useWords } from "./words";

interface Props {
  condition: RuleCondition;
  features: readonly RuleFeature[];
  onChange: (condition: RuleCondition) => void;
  onRemove: (() => void) | undefined;
}

/** One comparison: a fact about the customer, how it compares, a number. */
export function RuleConditionRow({ condition, features, onChange, onRemove }: Props) {
  const t = useWords();
  const say = useSay();
  const feature = features.find(({ name }) => name === condition.feature);
  return (
    <div className={styles.condition}>
      <Select
        aria-label={t("fact")}
        placeholder={t("fact")}
        showSearch={{ optionFilterProp: "label" }}
        value={condition.feature || undefined}
        options={features.map(({ name, label }) => ({ value: name, label: say(label) }))}
        onChange={(name) => onChange({ feature: name, op: condition.op || "gte", value: condition.value })}
      />
      <Select
        aria-label={t("compares")}
        value={condition.op || undefined}
        options={(feature?.ops ?? []).map((op) => ({ value: op, label: t(`op_${op}` as "op_eq") }))}
        onChange={(op) => onChange(asksOnly(op) ? { feature: condition.feature, op } : { ...condition, op })}
      />
      {asksOnly(condition.op) ? (
        <span />
      ) : (
        <InputNumber aria-label={t("number")} changeOnWheel={false} value={condition.value ?? null} onChange={(value) => onChange({ ...condition, value: value ?? undefined })} />
      )}
      <Button aria-label={t("removeCondition")} icon={<DeleteOutlined />} disabled={!onRemove} onClick={onRemove} />
    </div>
  );
}
