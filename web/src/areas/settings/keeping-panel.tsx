import { Checkbox, InputNumber } from "antd";
import { useState } from "react";

import { Field } from "../../ui/field";
import { Panel } from "../../ui/panel";
import { type Settings } from "./api";
import { SaveBar } from "./save-bar";
import { useSave } from "./use-save";
import { useWords } from "./words";

const USUAL = 25;
const [SHORTEST, LONGEST] = [4, 240];

/** How long what became of messages is kept. */
export function KeepingPanel({ settings }: { settings: Settings }) {
  const t = useWords();
  const saving = useSave();
  const kept = settings.keep_messages_months;
  const [months, setMonths] = useState(kept ?? USUAL);
  const [ever, setEver] = useState(kept === null);
  const wanted = ever ? null : months;
  const wrong = saving.wrong("/keep_messages_months");
  return (
    <Panel title={t("keeping")} hint={t("keepingHint")}>
      <div className="controls">
        <Field label={t("keepFor")}>
          <InputNumber
            aria-label={t("keepFor")}
            style={{ width: 160 }}
            min={SHORTEST}
            max={LONGEST}
            precision={0}
            suffix={t("monthsUnit")}
            changeOnWheel={false}
            disabled={!saving.may || ever}
            status={wrong ? "error" : undefined}
            value={months}
            onChange={(count) => setMonths(count ?? USUAL)}
          />
        </Field>
        <Checkbox checked={ever} disabled={!saving.may} onChange={({ target }) => setEver(target.checked)}>
          {t("keepForEver")}
        </Checkbox>
      </div>
      {wrong && <p role="alert">{wrong}</p>}
      <SaveBar saving={saving} changed={wanted !== kept} onSave={() => saving.save({ keep_messages_months: wanted })} />
    </Panel>
  );
}
