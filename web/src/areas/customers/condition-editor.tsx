import { Button, Select } from "antd";
import { useState } from "react";

import { useSay } from "../../i18n/text";
import { type CustomerField } from "./api";
import { ConditionValue } from "./condition-value";
import styles from "./customers.module.css";
import { type Condition, isComplete, OPS } from "./search";
import { useWords } from "./words";

interface Props {
  fields: readonly CustomerField[];
  start?: Condition;
  onDone: (condition: Condition) => void;
}

/** One condition in the making: field, comparison, value. */
export function ConditionEditor({ fields, start, onDone }: Props) {
  const t = useWords();
  const say = useSay();
  const [draft, setDraft] = useState<Condition | undefined>(start);
  const field = fields.find(({ name }) => name === draft?.field);
  const ops = OPS.filter((op) => field?.ops.includes(op));
  const choose = (name: string) => {
    const first = OPS.find((op) => fields.find((one) => one.name === name)?.ops.includes(op));
    setDraft({ field: name, op: first ?? "eq" });
  };
  return (
    <form
      className={styles.editor}
      onSubmit={(event) => {
        event.preventDefault();
        if (draft && isComplete(draft)) onDone(draft);
      }}
    >
      <Select
        aria-label={t("field")}
        placeholder={t("field")}
        showSearch={{ optionFilterProp: "label" }}
        value={draft?.field}
        options={fields.map(({ name, label }) => ({ value: name, label: say(label) }))}
        onChange={choose}
      />
      {field && draft && (
        <>
          <Select
            aria-label={t("comparison")}
            value={draft.op}
            options={ops.map((op) => ({ value: op, label: t(`op_${op}`) }))}
            onChange={(op) => setDraft({ field: draft.field, op })}
          />
          <ConditionValue field={field} op={draft.op} value={draft.value} onChange={(value) => setDraft({ ...draft, value })} />
        </>
      )}
      <Button type="primary" htmlType="submit" disabled={!draft || !isComplete(draft)}>
        {t("apply")}
      </Button>
    </form>
  );
}
