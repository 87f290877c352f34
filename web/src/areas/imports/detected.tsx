import { Select } from "antd";

import { useFormat } from "../../lib/use-format";
import { useSay } from "../../i18n/text";
import { Field } from "../../ui/field";
import { Panel } from "../../ui/panel";
import { type Import } from "./api";
import styles from "./imports.module.css";
import { type Choice } from "./request";
import { useWords } from "./words";

interface Props {
  told: Import;
  choice: Choice;
  onChange: (part: Partial<Choice>) => void;
}

/** What the file seems to be, how sure that is, and how it was read. */
export function Detected({ told, choice, onChange }: Props) {
  const t = useWords();
  const say = useSay();
  const { percent } = useFormat();
  const sure = choice.kind === told.kind ? t("sure", { share: percent(told.kind_confidence, 0) }) : t("chosen");
  const read = [told.form?.toUpperCase(), told.encoding, told.delimiter && t("delimiter", { mark: told.delimiter === "\t" ? t("tab") : told.delimiter })];
  return (
    <Panel title={t("detected")} hint={sure}>
      <div className="controls">
        <Field label={t("kind")}>
          <Select
            aria-label={t("kind")}
            style={{ width: "min(330px, 76vw)" }}
            value={choice.kind}
            options={told.kinds.map(({ name, label }) => ({ value: name, label: say(label) }))}
            onChange={(kind) => onChange({ kind })}
          />
        </Field>
        {told.sheets.length > 1 && (
          <Field label={t("sheet")}>
            <Select
              aria-label={t("sheet")}
              style={{ width: 220 }}
              value={choice.options.sheet ?? told.sheet}
              options={told.sheets.map((sheet) => ({ value: sheet, label: sheet }))}
              onChange={(sheet) => onChange({ options: { ...choice.options, sheet } })}
            />
          </Field>
        )}
        <p className={styles.read}>{t("readAs", { how: read.filter(Boolean).join(" · ") })}</p>
      </div>
    </Panel>
  );
}
