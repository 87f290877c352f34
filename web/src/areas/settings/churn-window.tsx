import { useQuery } from "@tanstack/react-query";
import { InputNumber, Slider } from "antd";

import { useFormat } from "../../lib/use-format";
import { Field } from "../../ui/field";
import { Loaded } from "../../ui/loaded";
import { Placeholder } from "../../ui/placeholder";
import { gapsQuery } from "./api";
import { GapPicture } from "./gap-picture";
import { daysCovering, shareShorter } from "./gaps";
import styles from "./settings.module.css";
import { useWords } from "./words";

const LONGEST = 365;
const SHARES = [0.8, 0.9, 0.95];

interface Props {
  days: number;
  disabled: boolean;
  wrong: string | undefined;
  onChange: (days: number) => void;
}

/** The silence that counts as leaving, seen against how long customers really wait. */
export function ChurnWindow({ days, disabled, wrong, onChange }: Props) {
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
