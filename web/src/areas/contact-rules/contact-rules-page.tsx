import { useQuery } from "@tanstack/react-query";

import { useMay } from "../../lib/session";
import { useFormat } from "../../lib/use-format";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Placeholder } from "../../ui/placeholder";
import { membersQuery, type Policy, policyQuery } from "./api";
import { BudgetsPanel } from "./budgets-panel";
import { CapsPanel } from "./caps-panel";
import { ForceBar } from "./force-bar";
import { HoursPanel } from "./hours-panel";
import { rulesOf } from "./rules";
import { useDraft } from "./use-draft";
import { useWords } from "./words";

/** Hours, caps and budgets every message is held against. */
export function ContactRulesPage() {
  const t = useWords();
  const query = useQuery(policyQuery);
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={t("lead")} />
      <Loaded query={query} skeleton={<Placeholder height={800} />}>
        {(policy) => <Whole key={policy.version} policy={policy} />}
      </Loaded>
    </div>
  );
}

function Whole({ policy }: { policy: Policy }) {
  const may = useMay("settings.write");
  const draft = useDraft(rulesOf(policy.rules));
  return (
    <div className="stack">
      <InForce policy={policy} />
      <HoursPanel draft={draft} may={may} />
      <CapsPanel draft={draft} may={may} />
      <BudgetsPanel draft={draft} may={may} />
      <ForceBar draft={draft} may={may} />
    </div>
  );
}

function InForce({ policy: { version, by, at } }: { policy: Policy }) {
  const t = useWords();
  const { dateTime } = useFormat();
  const members = useQuery({ ...membersQuery, enabled: useMay("members.read") }).data?.items;
  if (at === null) return <p className="quiet">{t("standard")}</p>;
  const name = members?.find(({ id }) => id === by)?.name ?? by ?? "";
  return <p className="quiet numbers">{t("inForce", { version, by: name, at: dateTime(at) })}</p>;
}
