import { PlusOutlined } from "@ant-design/icons";
import { Button, Popconfirm } from "antd";
import { useState } from "react";

import { useSay } from "../../i18n/text";
import { useMay } from "../../lib/session";
import { Badge } from "../../ui/badge";
import { Panel } from "../../ui/panel";
import { useComplain } from "../../ui/use-complain";
import { type RiskRule, type RuleFeature, useForgetRule } from "./api";
import { readRule } from "./rule";
import { RuleEditor } from "./rule-editor";
import styles from "./signals.module.css";
import { useRuleText } from "./use-rule-text";
import { useWords } from "./words";

interface Props {
  rules: readonly RiskRule[];
  features: readonly RuleFeature[];
}

/** What the house knows and no model does: rules that raise a warning beside the score. */
export function RulesPanel({ rules, features }: Props) {
  const t = useWords();
  const say = useSay();
  const may = useMay("signals.manage");
  const complain = useComplain();
  const forget = useForgetRule();
  const textOf = useRuleText(features);
  const [editing, setEditing] = useState<RiskRule | "new" | null>(null);
  const add = may && (
    <Button icon={<PlusOutlined />} onClick={() => setEditing("new")}>
      {t("addRule")}
    </Button>
  );
  return (
    <Panel title={t("rules")} hint={t("rulesHint")} extra={add}>
      {rules.length === 0 && <p className="quiet">{t("noRules")}</p>}
      <ul className={styles.rules}>
        {rules.map((rule) => (
          <li key={rule.id}>
            <div className={styles.ruleWords}>
              <p>
                <b>{say(rule.name)}</b> {!rule.enabled && <Badge>{t("switchedOff")}</Badge>}
              </p>
              <p className="quiet">{textOf(rule.rule)}</p>
            </div>
            {may && (
              <span className={styles.ruleActions}>
                <Button size="small" disabled={readRule(rule.rule) === null} onClick={() => setEditing(rule)}>
                  {t("edit")}
                </Button>
                <Popconfirm title={t("forgetRule")} okText={t("forget")} cancelText={t("cancel")} onConfirm={() => forget.mutate(rule.id, { onError: complain })}>
                  <Button size="small" danger>
                    {t("forget")}
                  </Button>
                </Popconfirm>
              </span>
            )}
          </li>
        ))}
      </ul>
      {editing && <RuleEditor rule={editing === "new" ? null : editing} features={features} onClose={() => setEditing(null)} />}
    </Panel>
  );
}
