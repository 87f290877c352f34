import { CloseOutlined, FilterOutlined } from "@ant-design/icons";
import { Button, Popover } from "antd";
import { useState } from "react";

import { type CustomerField } from "./api";
import { ConditionEditor } from "./condition-editor";
import { useConditionText } from "./use-condition-text";
import styles from "./customers.module.css";
import { type Condition } from "./search";
import { useWords } from "./words";

interface Props {
  fields: readonly CustomerField[];
  filter: readonly Condition[];
  onChange: (filter: Condition[]) => void;
}

/** The conditions that hold, each to be changed or taken away, and the way to another one. */
export function FilterBar({ fields, filter, onChange }: Props) {
  const t = useWords();
  const words = useConditionText(fields);
  const [open, setOpen] = useState<number | null>(null);
  const put = (place: number, condition: Condition) => {
    onChange(filter.map((one, at) => (at === place ? condition : one)).concat(place >= filter.length ? [condition] : []));
    setOpen(null);
  };
  const popover = (place: number) => ({
    trigger: "click" as const,
    placement: "bottomLeft" as const,
    destroyOnHidden: true,
    open: open === place,
    onOpenChange: (shown: boolean) => setOpen(shown ? place : null),
    content: <ConditionEditor fields={fields} start={filter[place]} onDone={(condition) => put(place, condition)} />,
  });
  return (
    <>
      {filter.map((condition, place) => (
        <span key={`${place} ${condition.field}`} className={styles.chip}>
          <Popover {...popover(place)}>
            <button type="button" className={styles.chipWords}>
              {words(condition)}
            </button>
          </Popover>
          <button
            type="button"
            className={styles.chipAway}
            aria-label={t("removeCondition", { condition: words(condition) })}
            onClick={() => onChange(filter.filter((_, at) => at !== place))}
          >
            <CloseOutlined aria-hidden />
          </button>
        </span>
      ))}
      <Popover {...popover(filter.length)}>
        <Button icon={<FilterOutlined />}>{t("addCondition")}</Button>
      </Popover>
    </>
  );
}
