import { Input, Select } from "antd";
import { useMemo, useState } from "react";

import { useLanguage } from "../../i18n/use-language";
import { Field } from "../../ui/field";
import { Panel } from "../../ui/panel";
import { type Settings } from "./api";
import { SaveBar } from "./save-bar";
import styles from "./settings.module.css";
import { useSave } from "./use-save";
import { useWords } from "./words";

type Named = Pick<Settings, "workspace_name" | "currency" | "time_zone">;

/** The workspace's name, its currency, and where its days begin. */
export function WorkspacePanel({ settings }: { settings: Settings }) {
  const t = useWords();
  const saving = useSave();
  const { workspace_name, currency, time_zone } = settings;
  const [named, setNamed] = useState<Named>({ workspace_name, currency, time_zone });
  const changed = named.workspace_name !== workspace_name || named.currency !== currency || named.time_zone !== time_zone;
  const { currencies, zones } = useChoices(currency, time_zone);
  const complaint = saving.wrong("/workspace_name") ?? saving.wrong("/currency") ?? saving.wrong("/time_zone");
  return (
    <Panel title={t("workspace")} hint={t("workspaceHint")}>
      <div className={styles.form}>
        <Field label={t("name")}>
          <Input aria-label={t("name")} maxLength={200} disabled={!saving.may} value={named.workspace_name} onChange={({ target }) => setNamed({ ...named, workspace_name: target.value })} />
        </Field>
        <Field label={t("currency")}>
          <Select aria-label={t("currency")} showSearch={{ optionFilterProp: "label" }} disabled={!saving.may} value={named.currency} options={currencies} onChange={(code) => setNamed({ ...named, currency: code })} />
        </Field>
        <Field label={t("timeZone")}>
          <Select aria-label={t("timeZone")} showSearch={{ optionFilterProp: "label" }} disabled={!saving.may} value={named.time_zone} options={zones} onChange={(zone) => setNamed({ ...named, time_zone: zone })} />
        </Field>
        {complaint && <p role="alert">{complaint}</p>}
      </div>
      <SaveBar saving={saving} changed={changed && named.workspace_name.trim() !== ""} onSave={() => saving.save(named)} />
    </Panel>
  );
}

/** What the browser knows of currencies and time zones, and in any case what is set. */
function useChoices(currency: string, zone: string) {
  const language = useLanguage();
  return useMemo(() => {
    const names = new Intl.DisplayNames([language === "zh" ? "zh-CN" : "en"], { type: "currency" });
    const codes = [...new Set([currency, ...Intl.supportedValuesOf("currency")])];
    const places = [...new Set([zone, "UTC", ...Intl.supportedValuesOf("timeZone")])];
    return {
      currencies: codes.map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` })),
      zones: places.map((place) => ({ value: place, label: place.replaceAll("_", " ") })),
    };
  }, [language, currency, zone]);
}
