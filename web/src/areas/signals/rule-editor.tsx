import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Input, Modal, Segmented } from "antd";
import { useState } from "react";

import { useLanguage } from "../../i18n/use-language";
import { useFormat } from "../../lib/use-format";
import { Field } from "../../ui/field";
import { ProblemNote } from "../../ui/problem-note";
import { previewQuery, type RiskRule, type RuleFeature, useKeepRule } from "./api";
import { type FlatRule, isWhole, readRule, writeRule } from "./rule";
import { RuleConditionRow } from "./rule-condition-row";
import styles from "./signals.module.css";
import { useWords } from "./words";

interface Props {
  rule: RiskRule | null;
  features: readonly RuleFeature[];
  onClose: () => void;
}

const FRESH: FlatRule = { of: "all", conditions: [{ feature: "", op: "" }] };

/** A rule in the making: what it is called, when it holds, what to do; and for how many customers it would hold today. */
export function RuleEditor({ rule, features, onClose }: Props) {
  const t = useWords();
  const language = useLanguage();
  const { name, setName, step, setStep, enabled, setEnabled, draft, setDraft } = useDraft(rule);
  const keep = useKeepRule(rule?.id ?? null);
  const whole = draft.conditions.every(isWhole);
  const save = () => {
    const said = (text: string, before: RiskRule["name"] | undefined) => ({ en: "", zh: "", ...before, [language]: text });
    keep.mutate({ name: said(name, rule?.name), step: said(step, rule?.step), rule: writeRule(draft), enabled }, { onSuccess: onClose });
  };
  return (
    <Modal
      open
      width={680}
      title={t(rule ? "editRule" : "addRule")}
      okText={t("save")}
      okButtonProps={{ disabled: !whole || name.trim() === "" || step.trim() === "" }}
      cancelText={t("cancel")}
      confirmLoading={keep.isPending}
      onCancel={onClose}
      onOk={save}
    >
      <div className={styles.dialog}>
        {keep.error && <ProblemNote error={keep.error} />}
        <Field label={t("ruleName")}>
          <Input aria-label={t("ruleName")} maxLength={120} value={name} onChange={({ target }) => setName(target.value)} />
        </Field>
        <Conditions draft={draft} features={features} onChange={setDraft} />
        <Matching rule={whole ? writeRule(draft) : null} />
        <Field label={t("ruleStep")}>
          <Input aria-label={t("ruleStep")} maxLength={300} value={step} onChange={({ target }) => setStep(target.value)} />
        </Field>
        <Checkbox checked={enabled} onChange={({ target }) => setEnabled(target.checked)}>
          {t("ruleEnabled")}
        </Checkbox>
      </div>
    </Modal>
  );
}

/** What was kept of the rule, or a fresh start. */
function useDraft(rule: RiskRule | null) {
  const language = useLanguage();
  const [name, setName] = useState(rule?.name[language] ?? "");
  const [step, setStep] = useState(rule?.step[language] ?? "");
  const [enabled, setEnabled] = useState(rule?.enabled ?? true);
  const [draft, setDraft] = useState<FlatRule>((rule && readRule(rule.rule)) ?? FRESH);
  return { name, setName, step, setStep, enabled, setEnabled, draft, setDraft };
}

interface ConditionsProps {
  draft: FlatRule;
  features: readonly RuleFeature[];
  onChange: (draft: FlatRule) => void;
}

function Conditions({ draft, features, onChange }: ConditionsProps) {
  const t = useWords();
  const { conditions } = draft;
  const put = (changed: FlatRule["conditions"]) => onChange({ ...draft, conditions: changed });
  return (
    <>
      <Segmented
        aria-label={t("holdsWhen")}
        options={[
          { value: "all", label: t("allHold") },
          { value: "any", label: t("anyHolds") },
        ]}
        value={draft.of}
        onChange={(of) => onChange({ ...draft, of: of === "any" ? "any" : "all" })}
      />
      {conditions.map((condition, place) => (
        <RuleConditionRow
          key={place}
          condition={condition}
          features={features}
          onChange={(changed) => put(conditions.with(place, changed))}
          onRemove={conditions.length > 1 ? () => put(conditions.toSpliced(place, 1)) : undefined}
        />
      ))}
      <Button type="dashed" onClick={() => put([...conditions, { feature: "", op: "" }])}>
        {t("addCondition")}
      </Button>
    </>
  );
}

function Matching({ rule }: { rule: Record<string, unknown> | null }) {
  const t = useWords();
  const { number } = useFormat();
  const preview = useQuery(previewQuery(rule));
  if (rule === null) return <p className="quiet">{t("finishConditions")}</p>;
  if (preview.error) return <ProblemNote error={preview.error} />;
  if (!preview.data) return <p className="quiet">{t("counting")}</p>;
  return <p role="status">{t("matching", { matching: number(preview.data.matching), customers: number(preview.data.customers) })}</p>;
}
