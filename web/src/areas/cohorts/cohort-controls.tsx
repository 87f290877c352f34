import { Input, Segmented, Select } from "antd";

import { Field } from "../../ui/field";
import { type CohortsSearch, GRAINS, KINDS, MEASURES, WINDOWS } from "./search";
import { useWords } from "./words";

interface Props {
  question: Required<Omit<CohortsSearch, "brackets">> & { brackets: string };
  onChange: (change: CohortsSearch) => void;
}

/** Which of the many retentions is meant. */
export function CohortControls({ question, onChange }: Props) {
  const t = useWords();
  return (
    <div className="controls">
      <Field label={t("kind")}>
        <Select
          aria-label={t("kind")}
          style={{ width: 210 }}
          value={question.kind}
          options={KINDS.map((value) => ({ value, label: t(`kind_${value}`) }))}
          onChange={(kind) => onChange({ kind })}
        />
      </Field>
      {question.kind === "bracket" && (
        <Field label={t("brackets")}>
          <Input
            aria-label={t("brackets")}
            style={{ width: 150 }}
            defaultValue={question.brackets}
            placeholder="1-3,4-6,7-12"
            onPressEnter={({ currentTarget }) => onChange({ brackets: currentTarget.value.replaceAll(" ", "") })}
            onBlur={({ currentTarget }) => onChange({ brackets: currentTarget.value.replaceAll(" ", "") })}
          />
        </Field>
      )}
      <Field label={t("windows")}>
        <Segmented
          aria-label={t("windows")}
          value={question.windows}
          options={WINDOWS.map((value) => ({ value, label: t(`windows_${value}`) }))}
          onChange={(windows) => onChange({ windows })}
        />
      </Field>
      <Field label={t("grain")}>
        <Segmented
          aria-label={t("grain")}
          value={question.grain}
          options={GRAINS.map((value) => ({ value, label: t(`grain_${value}`) }))}
          onChange={(grain) => onChange({ grain })}
        />
      </Field>
      <Field label={t("measure")}>
        <Segmented
          aria-label={t("measure")}
          value={question.measure}
          options={MEASURES.map((value) => ({ value, label: t(`measure_${value}`) }))}
          onChange={(measure) => onChange({ measure })}
        />
      </Field>
    </div>
  );
}
