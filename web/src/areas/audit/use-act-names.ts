import { useMemo } from "react";

import { type Entry } from "./api";
import { useWords } from "./words";

const ACTS = {
  "customers.change": "act_customerChange",
  "claims.ignore": "act_claimsIgnore",
  "customers.export": "act_customerExport",
  "customers.merge": "act_customerMerge",
  "customers.unmerge": "act_customerUnmerge",
  "person.export": "act_personExport",
  "person.erase": "act_personErase",
  "person.readmit": "act_personReadmit",
  "calls.export": "act_callExport",
  "filters.create": "act_filterCreate",
  "filters.delete": "act_filterDelete",
  "import.run": "act_importRun",
  "import.undo": "act_importUndo",
  "keys.create": "act_keyCreate",
  "keys.revoke": "act_keyRevoke",
  "write_keys.create": "act_writeKeyCreate",
  "write_keys.change": "act_writeKeyChange",
  "write_keys.revoke": "act_writeKeyRevoke",
  "expected_events.change": "act_expectedChange",
  "expected_events.delete": "act_expectedDelete",
  "members.create": "act_memberCreate",
  "members.change": "act_memberChange",
  "settings.change": "act_settingsChange",
  "consent.say": "act_consentSay",
  "consent.purpose": "act_consentPurpose",
  "consent.wording": "act_consentWording",
  "contact_policy.change": "act_policyChange",
  "suppression.open": "act_addressOpen",
  "sends.control": "act_sendsControl",
  "hold_outs.put": "act_holdOutsPut",
  "hold_outs.end": "act_holdOutsEnd",
  "channels.care": "act_channelsCare",
  "channels.stop": "act_channelsStop",
  "channels.resume": "act_channelsResume",
  "alerts.ownership": "act_alertsOwnership",
  "alerts.note": "act_alertsNote",
  "alerts.assign": "act_alertsAssign",
  "alerts.snooze": "act_alertsSnooze",
  "alerts.escalate": "act_alertsEscalate",
  "alerts.resolve": "act_alertsResolve",
  "alerts.reopen": "act_alertsReopen",
  "signals.change": "act_signalsChange",
  "risk_rules.create": "act_riskRuleCreate",
  "risk_rules.change": "act_riskRuleChange",
  "risk_rules.delete": "act_riskRuleDelete",
  "health.weights": "act_healthWeights",
  "models.promote": "act_modelsPromote",
  "models.sign_off": "act_modelsSignOff",
  "messages.create": "act_messagesCreate",
  "messages.change": "act_messagesChange",
  "messages.publish": "act_messagesPublish",
  "messages.archive": "act_messagesArchive",
  "blocks.write": "act_blocksWrite",
  "blocks.delete": "act_blocksDelete",
  "brand.change": "act_brandChange",
  "channels.enter": "act_channelsEnter",
  "channels.forget": "act_channelsForget",
  "sends.release": "act_sendsRelease",
  "sends.discard": "act_sendsDiscard",
  "sends.ask": "act_sendsAsk",
  "sends.recall": "act_sendsRecall",
  "channels.test": "act_channelsTest",
  "media.add": "act_mediaAdd",
  "media.remove": "act_mediaRemove",
  "webhooks.create": "act_webhooksCreate",
  "webhooks.update": "act_webhooksUpdate",
  "webhooks.delete": "act_webhooksDelete",
  "webhooks.rotate": "act_webhooksRotate",
  "webhooks.replay": "act_webhooksReplay",
  "write_keys.identity": "act_writeKeyIdentity",
} as const;

const SUBJECTS = ["customer", "person", "customers", "call_list", "filter", "import", "key", "write_key", "event", "member", "workspace", "purpose", "wording", "contact_policy", "tap", "channel", "webhook", "send", "message", "block", "model", "signal", "alert", "alerts", "brand", "content_block", "health", "hold_out", "media", "risk_rule"] as const;

/** Acts, subjects and actors in words; what we have no words for keeps its own name. */
export function useActNames() {
  const t = useWords();
  return useMemo(
    () => ({
      act: (name: string) => (name in ACTS ? t(ACTS[name as keyof typeof ACTS]) : name),
      subject: (kind: string) => {
        const known = SUBJECTS.find((one) => one === kind);
        return known ? t(`subject_${known}`) : kind;
      },
      actor: ({ actor_kind, actor_name }: Pick<Entry, "actor_kind" | "actor_name">) => {
        if (actor_kind === "system") return t("system");
        return actor_kind === "key" ? t("byKey", { name: actor_name }) : actor_name;
      },
    }),
    [t],
  );
}
