import { DatePicker, Input, InputNumber, Select } from "antd";
import dayjs from "dayjs";

import { useChoiceName } from "../../lib/choices";
import { type CustomerField } from "./api";
import { SHARES } from "./use-condition-text";
import { type Condition } from "./search";
import { useWords } from "./words";

interface Props {
  field: CustomerField;
  op: Condition["op"];
  value: Condition["value"];
  onChange: (value: Condition["value"]) => void;
}

/** The control that fits a field and a comparison. */
export function ConditionValue({ field, op, value, onChange }: Props) {
  const t = useWords();
  const options = useOptions(field);
  if (op === "empty" || op === "not_empty") return null;
  const shared = { "aria-label": t("conditionValue"), style: { width: "100%" } };
  if (op === "in") return <Several field={field} value={Array.isArray(value) ? value : []} onChange={onChange} />;
  const one = Array.isArray(value) ? value[0] : value;
  if (field.type === "number") return <Amount share={SHARES.has(field.name)} value={typeof one === "number" ? one : null} onChange={onChange} />;
  if (field.type === "date") return <Day value={one} onChange={onChange} />;
  if (field.type === "choice") return <Select {...shared} showSearch value={one?.toString()} options={options} onChange={onChange} />;
  return <Input {...shared} value={one ?? ""} onChange={({ target }) => onChange(target.value)} />;
}

function useOptions({ name, choices }: CustomerField) {
  const choiceName = useChoiceName();
  return (choices ?? []).map((choice) => ({ value: choice, label: choiceName(name, choice) }));
}

function Several({ field, value, onChange }: Pick<Props, "field" | "onChange"> & { value: (string | number)[] }) {
  const t = useWords();
  const options = useOptions(field);
  return (
    <Select
      aria-label={t("conditionValue")}
      style={{ width: "100%" }}
      mode={field.type === "choice" ? "multiple" : "tags"}
      value={value.map(String)}
      options={options}
      onChange={(chosen) => onChange(field.type === "number" ? chosen.map(Number).filter(Number.isFinite) : chosen)}
    />
  );
}

function Day({ value, onChange }: { value: string | number | undefined; onChange: Props["onChange"] }) {
  const t = useWords();
  return (
    <DatePicker
      aria-label={t("conditionValue")}
      style={{ width: "100%" }}
      value={value === undefined ? null : dayjs(String(value))}
      onChange={(day) => onChange(day ? day.format("YYYY-MM-DD") : undefined)}
    />
  );
}

function Amount({ share, value, onChange }: { share: boolean; value: number | null; onChange: (value: number | undefined) => void }) {
  const t = useWords();
  const times = share ? 100 : 1;
  return (
    <InputNumber
      aria-label={t("conditionValue")}
      style={{ width: "100%" }}
      changeOnWheel={false}
      suffix={share ? "%" : undefined}
      value={value === null ? null : Math.round(value * times * 1e6) / 1e6}
      onChange={(told) => onChange(told === null ? undefined : told / times)}
    />
  );
}
