import { DeleteOutlined } from "@ant-design/icons";
import { Button, Input, InputNumber, Select } from "antd";

import { useSession } from "../../lib/session";
import { Field } from "../../ui/field";
import { Panel } from "../../ui/panel";
import { ChannelSelect } from "./channel-select";
import styles from "./contact-rules.module.css";
import { type Budget, PERIODS } from "./rules";
import { type Draft } from "./use-draft";
import { useWords } from "./words";

/** What may be spent on messages. */
export function BudgetsPanel({ draft, may }: { draft: Draft; may: boolean }) {
  const t = useWords();
  const { budgets } = draft.rules;
  const put = (at: number, budget: Budget) => draft.change({ budgets: budgets.map((one, place) => (place === at ? budget : one)) });
  return (
    <Panel title={t("budgets")} hint={t("budgetsHint")}>
      {budgets.length === 0 && <p className="quiet">{t("noBudgets")}</p>}
      <ul className={styles.lines}>
        {budgets.map((budget, at) => (
          <li key={at} className={styles.line}>
            <div className={styles.fields}>
              <OneBudget budget={budget} may={may} onChange={(next) => put(at, next)} />
            </div>
            {may && <Button type="text" icon={<DeleteOutlined />} aria-label={t("remove", { name: budget.name })} onClick={() => draft.change({ budgets: budgets.filter((_, place) => place !== at) })} />}
          </li>
        ))}
      </ul>
      {may && <Button onClick={() => draft.change({ budgets: [...budgets, { name: "", limit: "100", period: "month" }] })}>{t("addBudget")}</Button>}
    </Panel>
  );
}

interface BudgetProps {
  budget: Budget;
  may: boolean;
  onChange: (budget: Budget) => void;
}

function OneBudget({ budget, may, onChange }: BudgetProps) {
  const t = useWords();
  const currency = useSession()?.workspace.currency ?? "USD";
  const spend = t("spend", { currency });
  return (
    <>
      <Field label={t("name")}>
        <Input aria-label={t("name")} style={{ width: 210 }} maxLength={60} disabled={!may} status={budget.name.trim() ? undefined : "error"} value={budget.name} onChange={({ target }) => onChange({ ...budget, name: target.value })} />
      </Field>
      <Field label={spend}>
        <InputNumber<string> aria-label={spend} style={{ width: 130 }} stringMode min="0" changeOnWheel={false} disabled={!may} value={budget.limit} onChange={(limit) => onChange({ ...budget, limit: limit ?? "0" })} />
      </Field>
      <Field label={t("window")}>
        <Select aria-label={t("window")} style={{ width: 158 }} disabled={!may} value={budget.period} options={PERIODS.map((one) => ({ value: one, label: t(`window_${one}`) }))} onChange={(period) => onChange({ ...budget, period })} />
      </Field>
      <ChannelSelect value={budget.channel ?? null} may={may} onChange={(channel) => onChange({ ...budget, channel })} />
      <Field label={t("category")}>
        <Input aria-label={t("category")} style={{ width: 110 }} maxLength={60} placeholder={t("anything")} disabled={!may} value={budget.category ?? ""} onChange={({ target }) => onChange({ ...budget, category: target.value || null })} />
      </Field>
    </>
  );
}
