import { Button, InputNumber } from "antd";
import { useState } from "react";

import { useSay } from "../../i18n/text";
import { Field } from "../../ui/field";
import { type Signal } from "./api";
import styles from "./signals.module.css";
import { useWords } from "./words";

interface Props {
  signal: Signal;
  disabled: boolean;
  onChange: (threshold: number) => void;
}

/** The one number a signal is tuned by. */
export function ThresholdInput({ signal: { threshold, label }, disabled, onChange }: Props) {
  const t = useWords();
  const say = useSay();
  const [value, setValue] = useState<number | null>(threshold.value);
  const changed = value !== null && value !== threshold.value;
  return (
    <Field label={say(threshold.meaning)}>
      <span className={styles.threshold}>
        <InputNumber
          aria-label={`${say(label)}: ${say(threshold.meaning)}`}
          min={threshold.low}
          max={threshold.high}
          step={threshold.high <= 1 ? 0.01 : 1}
          changeOnWheel={false}
          disabled={disabled}
          value={value}
          onChange={setValue}
        />
        {changed && (
          <Button size="small" type="primary" onClick={() => onChange(value)}>
            {t("save")}
          </Button>
        )}
        {threshold.value !== threshold.standard && !changed && (
          <Button size="small" type="link" disabled={disabled} onClick={() => onChange(threshold.standard)}>
            {t("standard", { value: threshold.standard })}
          </Button>
        )}
      </span>
    </Field>
  );
}
