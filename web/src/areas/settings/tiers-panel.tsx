import { useQuery } from "@tanstack/react-query";
import { InputNumber } from "antd";
import { useState } from "react";

import { overviewQuery } from "../../lib/overview";
import { useMay } from "../../lib/session";
import { useFormat } from "../../lib/use-format";
import { Field } from "../../ui/field";
import { Panel } from "../../ui/panel";
import { type Settings } from "./api";
import { SaveBar } from "./save-bar";
import styles from "./settings.module.css";
import { useSave } from "./use-save";
import { useWords } from "./words";

/** Which share of customers, by predicted value, is tier A, which B; the rest is C. */
export function TiersPanel({ settings }: { settings: Settings }) {
  const t = useWords();
  const saving = useSave();
  const [tiers, setTiers] = useState(settings.tiers);
  const changed = tiers.a_share !== settings.tiers.a_share || tiers.b_share !== settings.tiers.b_share;
  const fits = tiers.a_share + tiers.b_share < 1;
  const wrong = saving.wrong("/tiers");
  const field = (name: "a_share" | "b_share") => (
    <Field label={t(name)}>
      <InputNumber
        aria-label={t(name)}
        style={{ width: 130 }}
        min={1}
        max={98}
        precision={0}
        suffix="%"
        changeOnWheel={false}
        disabled={!saving.may}
        status={fits ? undefined : "error"}
        value={Math.round(tiers[name] * 100)}
        onChange={(share) => setTiers({ ...tiers, [name]: (share ?? 1) / 100 })}
      />
    </Field>
  );
  return (
    <Panel title={t("tiers")} hint={t("tiersHint")}>
      <div className="controls">
        {field("a_share")}
        {field("b_share")}
      </div>
      <TierPreview shares={[tiers.a_share, tiers.b_share, Math.max(0, 1 - tiers.a_share - tiers.b_share)]} />
      {(!fits || wrong) && <p role="alert">{wrong ?? t("tooMuch")}</p>}
      <SaveBar saving={saving} changed={changed && fits} onSave={() => saving.save({ tiers })} />
    </Panel>
  );
}

const NAMES = ["A", "B", "C"];

/** How many customers each tier would hold. */
function TierPreview({ shares }: { shares: readonly number[] }) {
  const t = useWords();
  const { percent, number } = useFormat();
  const may = useMay("metrics.read");
  const customers = useQuery({ ...overviewQuery, enabled: may }).data?.facts.customers;
  return (
    <div className={styles.tiers}>
      <div className={styles.tierBar} aria-hidden="true">
        {shares.map((share, at) => (
          <span key={NAMES[at]} style={{ width: `${share * 100}%` }} />
        ))}
      </div>
      <ul className="numbers">
        {shares.map((share, at) => (
          <li key={NAMES[at]}>
            <b>{t("tier", { tier: NAMES[at] ?? "" })}</b> {percent(share, 0)}
            {customers !== undefined && <span className="quiet"> · {t("customers", { count: Math.round(customers * share), shown: number(Math.round(customers * share)) })}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
