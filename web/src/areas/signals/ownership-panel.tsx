import { useQuery } from "@tanstack/react-query";
import { Button, InputNumber, Select } from "antd";
import { useState } from "react";

import { useSay } from "../../i18n/text";
import { useMay } from "../../lib/session";
import { Panel } from "../../ui/panel";
import { ProblemNote } from "../../ui/problem-note";
import { type Ownership, roleNamesQuery, useChangeOwnership } from "./api";
import styles from "./signals.module.css";
import { useWords } from "./words";

type Rule = Ownership["rules"][number];

/** Whose alerts go to whom: the first rule that fits counts. */
export function OwnershipPanel({ ownership }: { ownership: Ownership }) {
  const t = useWords();
  const may = useMay("signals.manage");
  const [draft, setDraft] = useState(ownership);
  const change = useChangeOwnership();
  const set = (at: number, rule: Rule) => setDraft({ ...draft, rules: draft.rules.map((one, place) => (place === at ? rule : one)) });
  const changed = JSON.stringify(draft) !== JSON.stringify(ownership);
  return (
    <Panel title={t("owners")} hint={t("ownersHint")}>
      {change.error && <ProblemNote error={change.error} />}
      <ol className={styles.owners}>
        {draft.rules.map((rule, place) => (
          <li key={place}>
            <OwnerRow rule={rule} disabled={!may} onChange={(wanted) => set(place, wanted)} />
          </li>
        ))}
      </ol>
      {may && (
        <Button type="primary" disabled={!changed} loading={change.isPending} onClick={() => change.mutate(draft)}>
          {t("save")}
        </Button>
      )}
    </Panel>
  );
}

interface RowProps {
  rule: Rule;
  disabled: boolean;
  onChange: (rule: Rule) => void;
}

function OwnerRow({ rule, disabled, onChange }: RowProps) {
  const t = useWords();
  const say = useSay();
  const roles = useQuery(roleNamesQuery).data ?? [];
  const tiers = rule.tiers ?? [];
  return (
    <div className={styles.owner}>
      <b>{tiers.length === 0 ? t("everybodyElse") : t("tiers", { tiers: tiers.join(", ") })}</b>
      <Select
        mode="multiple"
        aria-label={t("rolesOf")}
        disabled={disabled}
        value={rule.roles}
        options={roles.map(({ name, label }) => ({ value: name, label: say(label) }))}
        onChange={(chosen) => onChange({ ...rule, roles: chosen })}
      />
      <InputNumber
        aria-label={t("dueHours")}
        min={1}
        max={24 * 60}
        precision={0}
        suffix={t("hours")}
        changeOnWheel={false}
        disabled={disabled}
        value={rule.due_hours}
        onChange={(hours) => onChange({ ...rule, due_hours: hours ?? rule.due_hours })}
      />
    </div>
  );
}
