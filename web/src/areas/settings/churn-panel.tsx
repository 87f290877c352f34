import { useQuery } from "@tanstack/react-query";
import { InputNumber, Radio, Slider } from "antd";
import { useState } from "react";

import { useFormat } from "../../lib/use-format";
import { Field } from "../../ui/field";
import { Loaded } from "../../ui/loaded";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { gapsQuery, type Settings } from "./api";
import { GapPicture } from "./gap-picture";
import { daysCovering, shareShorter } from "./gaps";
import { SaveBar } from "./save-bar";
import styles from "./settings.module.css";
import { useSave } from "./use-save";
import { useWords } from "./words";

const LONGEST = 365;
const SHARES = [0.8, 0.9, 0.95];

/** When a customer counts as gone: after how much silence, or how long after a subscription's end. */
export function ChurnPanel({ settings }: { settings: Settings }) {
  const t = useWords();
  const saving = useSave();
  const [churn, setChurn] = useState(settings.churn);
  const changed = JSON.stringify(churn) !== JSON.stringify(settings.churn);
  return (
    <Panel title={t("churn")} hint={t("churnHint")}>
      <Radio.Group
        className={styles.choices}
        disabled={!saving.may}
        value={churn.kind}
        options={[
          { value: "inactivity", label: t("inactivity") },
          { value: "subscription_end", label: t("subscriptionEnd") },
        ]}
        onChange={({ target }) => setChurn({ ...churn, kind: target.value as Settings["churn"]["kind"] })}
      />
      {churn.kind === "inactivity" ? (
        <Window days={churn.window_days} disabled={!saving.may} wrong={saving.wrong("/churn/window_days")} onChange={(window_days) => setChurn({ ...churn, window_days })} />
      ) : (
        <Field label={t("grace")}>
          <InputNumber
            aria-label={t("grace")}
            style={{ width: 160 }}
            min={0}
            max={365}
            precision={0}
            suffix={t("daysUnit")}
            changeOnWheel={false}
            disabled={!saving.may}
            value={churn.grace_days}
            onChange={(days) => setChurn({ ...churn, grace_days: days ?? 0 })}
          />
        </Field>
      )}
      <SaveBar saving={saving} changed={changed} onSave={() => saving.save({ churn })} />
    </Panel>
  );
}

interface WindowProps {
  days: number;
  disabled: boolean;
  wrong: string | undefined;
  onChange: (days: number) => void;
}

/** The silence that counts as leaving, seen against how long customers really wait. */
function Window({ days, disabled, wrong, onChange }: WindowProps) {
  const t = useWords();
  const { percent, number } = useFormat();
  const query = useQuery(gapsQuery);
  const set = (told: number | null) => onChange(told ?? days);
  return (
    <div className={styles.window}>
      <div className={styles.amount}>
        <Field label={t("window")}>
          <InputNumber aria-label={t("window")} style={{ width: 160 }} min={1} max={3650} precision={0} suffix={t("daysUnit")} changeOnWheel={false} status={wrong ? "error" : undefined} disabled={disabled} value={days} onChange={set} />
        </Field>
        {wrong && <span role="alert">{wrong}</span>}
        <div className={styles.presets}>
          {SHARES.map((share) => {
            const covering = daysCovering(query.data ?? [], share);
            return covering === null ? null : (
              <button key={share} type="button" className={styles.preset} disabled={disabled} onClick={() => onChange(covering)}>
                {t("preset", { share: percent(share, 0), days: number(covering) })}
              </button>
            );
          })}
        </div>
      </div>
      <Loaded query={query} skeleton={<Placeholder height={260} />}>
        {(quantiles) => {
          const share = shareShorter(quantiles, days);
          if (share === null) return <p className="quiet">{t("noGaps")}</p>;
          return (
            <div>
              <GapPicture quantiles={quantiles} days={days} longest={LONGEST} />
              <Slider className={styles.slider} min={1} max={LONGEST} disabled={disabled} value={Math.min(days, LONGEST)} onChange={set} ariaLabelForHandle={t("window")} tooltip={{ formatter: (value) => t("days", { count: number(value ?? 0) }) }} />
              <p className={styles.reading} aria-live="polite">
                {t("reading", { share: percent(share, 0), days: number(days), back: percent(1 - share, 0) })}
              </p>
            </div>
          );
        }}
      </Loaded>
    </div>
  );
}
