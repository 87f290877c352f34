import { useQuery } from "@tanstack/react-query";
import { InputNumber, Select } from "antd";

import { useSay } from "../../i18n/text";
import { RISK_LEVELS } from "../../lib/risk";
import { useChoiceName } from "../../lib/choices";
import { Field } from "../../ui/field";
import { fieldsQuery } from "./api";
import styles from "./predictions.module.css";
import { ORDERS, type PredictionsSearch, TIERS } from "./search";
import { useWords } from "./words";

interface Props {
  search: PredictionsSearch;
  onChange: (part: Partial<PredictionsSearch>) => void;
}

const TOLD = "|"; // between a field and its choice; no field has it in its name

/** Whose risk the table shows: a level, a tier, a value, and any group the workspace knows. */
export function RiskFilters({ search, onChange }: Props) {
  const t = useWords();
  const say = useSay();
  const choiceName = useChoiceName();
  const fields = (useQuery(fieldsQuery).data ?? []).filter(({ type, name, choices }) => type === "choice" && name !== "tier" && choices?.length);
  const groups = fields.map(({ name, label, choices }) => ({
    label: say(label),
    options: (choices ?? []).map((choice) => ({ value: `${name}${TOLD}${choice}`, label: `${say(label)}: ${choiceName(name, choice)}` })),
  }));
  const chosen = search.group && search.is ? `${search.group}${TOLD}${search.is}` : undefined;
  return (
    <div className={styles.filters}>
      <Field label={t("level")}>
        <Select
          aria-label={t("level")}
          className={styles.narrow}
          allowClear
          placeholder={t("all")}
          value={search.level}
          options={RISK_LEVELS.toReversed().map((value) => ({ value, label: t(`level_${value}`) }))}
          onChange={(level) => onChange({ level })}
        />
      </Field>
      <Field label={t("tierName")}>
        <Select
          aria-label={t("tierName")}
          className={styles.narrow}
          allowClear
          placeholder={t("all")}
          value={search.tier}
          options={TIERS.map((value) => ({ value, label: t("tier", { tier: value }) }))}
          onChange={(tier) => onChange({ tier })}
        />
      </Field>
      <Field label={t("worth")}>
        <InputNumber
          aria-label={t("worth")}
          className={styles.narrow}
          min={0}
          changeOnWheel={false}
          placeholder={t("any")}
          value={search.worth ?? null}
          onChange={(worth) => onChange({ worth: worth ?? undefined })}
        />
      </Field>
      <Field label={t("group")}>
        <Select
          aria-label={t("group")}
          className={styles.wide}
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          placeholder={t("everybody")}
          value={chosen}
          options={groups}
          onChange={(told?: string) => {
            const at = told?.indexOf(TOLD) ?? -1;
            onChange(told === undefined || at < 0 ? { group: undefined, is: undefined } : { group: told.slice(0, at), is: told.slice(at + 1) });
          }}
        />
      </Field>
      <Field label={t("order")}>
        <Select
          aria-label={t("order")}
          className={styles.wide}
          value={search.order ?? ORDERS[0]}
          options={ORDERS.map((value) => ({ value, label: t(`order_${value}`) }))}
          onChange={(order) => onChange({ order: order === ORDERS[0] ? undefined : order })}
        />
      </Field>
    </div>
  );
}
