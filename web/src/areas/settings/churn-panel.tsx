import { InputNumber, Radio } from "antd";
import { useState } from "react";

import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { Field } from "../../ui/field";
import { Notes } from "../../ui/notes";
import { Panel } from "../../ui/panel";
import { type ChosenChurn, type Settings } from "./api";
import { ChurnWindow } from "./churn-window";
import { SaveBar } from "./save-bar";
import styles from "./settings.module.css";
import { useSave } from "./use-save";
import { useWords } from "./words";

type Mode = "automatic" | ChosenChurn["kind"];

/** When a customer counts as gone: as the data suggests, after so much silence, or so long after a subscription's end. */
export function ChurnPanel({ settings: { churn } }: { settings: Settings }) {
  const t = useWords();
  const saving = useSave();
  const before = churn.chosen_by === "member" ? churn.kind : "automatic";
  const [mode, setMode] = useState<Mode>(before);
  const [days, setDays] = useState({ window_days: churn.window_days, grace_days: churn.grace_days });
  const changed = mode !== before || (mode !== "automatic" && (days.window_days !== churn.window_days || days.grace_days !== churn.grace_days));
  return (
    <Panel title={t("churn")} hint={t("churnHint")}>
      <Radio.Group
        className={styles.choices}
        disabled={!saving.may}
        value={mode}
        options={(["automatic", "inactivity", "subscription_end"] as const).map((value) => ({ value, label: t(value) }))}
        onChange={({ target }) => setMode(target.value as Mode)}
      />
      {mode === "automatic" && <Automatic churn={churn} />}
      {mode === "inactivity" && (
        <ChurnWindow days={days.window_days} disabled={!saving.may} wrong={saving.wrong("/churn/window_days")} onChange={(window_days) => setDays({ ...days, window_days })} />
      )}
      {mode === "subscription_end" && <Grace days={days.grace_days} disabled={!saving.may} onChange={(grace_days) => setDays({ ...days, grace_days })} />}
      <SaveBar saving={saving} changed={changed} onSave={() => saving.save({ churn: mode === "automatic" ? null : { kind: mode, ...days } })} />
    </Panel>
  );
}

/** What the last refresh read from the data, and why it is this number. */
function Automatic({ churn }: { churn: Settings["churn"] }) {
  const t = useWords();
  const say = useSay();
  const { number } = useFormat();
  const { automatic } = churn;
  if (!automatic) return <p className={styles.reading}>{t("automaticNone", { days: number(churn.window_days) })}</p>;
  const inUse = churn.chosen_by !== "member";
  return (
    <div className={styles.automatic}>
      <p className={`${styles.found} numbers`}>{automatic.kind === "inactivity" ? t("days", { count: number(automatic.window_days) }) : t("subscription_end")}</p>
      {inUse && <Notes notes={churn.why.map(say)} />}
    </div>
  );
}

interface GraceProps {
  days: number;
  disabled: boolean;
  onChange: (days: number) => void;
}

function Grace({ days, disabled, onChange }: GraceProps) {
  const t = useWords();
  return (
    <Field label={t("grace")}>
      <InputNumber aria-label={t("grace")} style={{ width: 160 }} min={0} max={365} precision={0} suffix={t("daysUnit")} changeOnWheel={false} disabled={disabled} value={days} onChange={(told) => onChange(told ?? 0)} />
    </Field>
  );
}
