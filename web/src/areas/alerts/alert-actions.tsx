import { useQuery } from "@tanstack/react-query";
import { Button, Dropdown, Select } from "antd";
import { useState } from "react";

import { useMay } from "../../lib/session";
import { useComplain } from "../../ui/use-complain";
import styles from "./alerts.module.css";
import { type AlertDetail, ownersQuery, useAssign, useReopen, useSnooze } from "./api";
import { ResolveDialog } from "./resolve-dialog";
import { WordsDialog } from "./words-dialog";
import { useWords } from "./words";

const SNOOZES = [1, 3, 7, 30] as const;
const DAY = 24 * 3600 * 1000;

/** What can be done about an alert: settle it first of all, hand it on, put it off. */
export function AlertActions({ alert }: { alert: AlertDetail }) {
  const t = useWords();
  const may = useMay("alerts.work");
  const [dialog, setDialog] = useState<"resolve" | "note" | "escalate" | null>(null);
  const complain = useComplain();
  const reopen = useReopen(alert.id);
  const close = () => setDialog(null);
  if (!may) return <p className="quiet">{t("mayOnlyRead")}</p>;
  if (alert.state === "resolved") {
    return (
      <div className={styles.actions}>
        <Button loading={reopen.isPending} onClick={() => reopen.mutate("", { onError: complain })}>
          {t("reopen")}
        </Button>
        <Button onClick={() => setDialog("note")}>{t("note")}</Button>
        {dialog === "note" && <WordsDialog kind="note" alert={alert} onClose={close} />}
      </div>
    );
  }
  return (
    <div className={styles.actions}>
      <Button type="primary" onClick={() => setDialog("resolve")}>
        {t("resolve")}
      </Button>
      <Button onClick={() => setDialog("note")}>{t("note")}</Button>
      <Snooze alert={alert} />
      <Button onClick={() => setDialog("escalate")}>{t("escalate")}</Button>
      <OwnerSelect alert={alert} />
      {dialog === "resolve" && <ResolveDialog alert={alert} onClose={close} />}
      {(dialog === "note" || dialog === "escalate") && <WordsDialog kind={dialog} alert={alert} onClose={close} />}
    </div>
  );
}

function Snooze({ alert }: { alert: AlertDetail }) {
  const t = useWords();
  const complain = useComplain();
  const snooze = useSnooze(alert.id);
  const items = SNOOZES.map((days) => ({ key: String(days), label: t("snoozeDays", { count: days }) }));
  const until = ({ key }: { key: string }) => snooze.mutate(new Date(Date.now() + Number(key) * DAY), { onError: complain });
  return (
    <Dropdown trigger={["click"]} menu={{ items, onClick: until }}>
      <Button loading={snooze.isPending}>{t("snooze")}</Button>
    </Dropdown>
  );
}

function OwnerSelect({ alert }: { alert: AlertDetail }) {
  const t = useWords();
  const complain = useComplain();
  const assign = useAssign(alert.id);
  const may = useMay("members.read");
  const members = useQuery(ownersQuery(may)).data?.items ?? [];
  if (!may) return null;
  return (
    <Select
      aria-label={t("giveTo")}
      className={styles.wide}
      placeholder={t("giveTo")}
      loading={assign.isPending}
      value={alert.owner?.id}
      options={members.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(owner) => assign.mutate(owner, { onError: complain })}
    />
  );
}
