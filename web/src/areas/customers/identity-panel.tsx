import { App, Button } from "antd";
import { useState } from "react";

import { useFormat } from "../../lib/use-format";
import { useMay } from "../../lib/session";
import { type Fact, Facts } from "../../ui/facts";
import { Panel } from "../../ui/panel";
import { useComplain } from "../../ui/use-complain";
import { type Profile, useUnmerge } from "./api";
import { ClaimedAddresses } from "./claimed-addresses";
import styles from "./customer-page.module.css";
import { MergeDialog } from "./merge-dialog";
import { useCustomerName } from "./use-customer-name";
import { useWords } from "./words";

const KINDS = ["external", "email", "phone", "wecom"] as const;

/** By what this customer is recognised, and which records are one person. */
export function IdentityPanel({ profile }: { profile: Profile }) {
  const t = useWords();
  const may = useMay("customers.write");
  const [merging, setMerging] = useState(false);
  const identifiers: Fact[] = profile.identifiers.map(({ kind, value }) => {
    const known = KINDS.find((one) => one === kind);
    return { name: known ? t(`identifier_${known}`) : kind, value };
  });
  return (
    <Panel title={t("identity")} hint={t("identityHint")}>
      <Grouped identifiers={identifiers} />
      <ClaimedAddresses id={profile.id} />
      <div className={styles.section}>
        <h3>{t("merged")}</h3>
        <MergedRecords profile={profile} may={may} />
        {may && <Button onClick={() => setMerging(true)}>{t("merge")}</Button>}
      </div>
      {merging && <MergeDialog profile={profile} onClose={() => setMerging(false)} />}
    </Panel>
  );
}

/** One name for several values of the same kind. */
function Grouped({ identifiers }: { identifiers: Fact[] }) {
  const names = [...new Set(identifiers.map(({ name }) => name))];
  const facts = names.map((name) => ({
    name,
    value: identifiers.filter((one) => one.name === name).map((one, at) => <div key={at}>{one.value}</div>),
  }));
  return <Facts facts={facts} />;
}

function MergedRecords({ profile, may }: { profile: Profile; may: boolean }) {
  const t = useWords();
  const { date } = useFormat();
  const nameOf = useCustomerName();
  const { modal, message } = App.useApp();
  const unmerge = useUnmerge(profile.id);
  const complain = useComplain();
  if (profile.merged.length === 0) return <p className={`quiet ${styles.records}`}>{t("nothingMerged")}</p>;
  const ask = (mergeId: string, name: string) =>
    void modal.confirm({
      title: t("unmergeTitle", { name }),
      content: t("unmergeDetail"),
      okText: t("unmerge"),
      cancelText: t("cancel"),
      onOk: () => unmerge.mutateAsync(mergeId).then(() => void message.success(t("unmerged")), complain),
    });
  return (
    <ul className={styles.records}>
      {profile.merged.map((record) => (
        <li key={record.merge_id}>
          <span>
            {nameOf(record)} <span className="quiet">{t("mergedAt", { id: record.id, date: date(record.merged_at) })}</span>
          </span>
          {may && (
            <Button size="small" onClick={() => ask(record.merge_id, nameOf(record))}>
              {t("unmerge")}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
