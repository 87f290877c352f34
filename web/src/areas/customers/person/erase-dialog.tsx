import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button, Checkbox, Input, Modal, Progress } from "antd";
import { useState } from "react";

import { useSay } from "../../../i18n/text";
import { download } from "../../../lib/download";
import { isOver, useRun } from "../../../lib/runs";
import { DataTable } from "../../../ui/data-table";
import { Loaded } from "../../../ui/loaded";
import { Placeholder } from "../../../ui/placeholder";
import { ProblemNote } from "../../../ui/problem-note";
import { useFormat } from "../../../lib/use-format";
import { type Profile } from "../api";
import { useCustomerName } from "../use-customer-name";
import { type Choice, type Erasure, type Line, useErase, wouldGoQuery } from "./api";
import styles from "./person.module.css";
import { useWords } from "./words";

/** Shows what would go, asks for the name to be typed, and stays until the receipt is there. */
export function EraseDialog({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const t = useWords();
  const name = useCustomerName()(profile);
  const [choice, setChoice] = useState<Choice>({ keep_orders: true, keep_proof: true });
  const [typed, setTyped] = useState("");
  const shown = useQuery(wouldGoQuery(profile.id, choice));
  const erase = useErase(profile.id);
  const wanted = shown.data?.confirm_with;
  if (erase.data) return <UnderWay erasure={erase.data} name={name} />;
  return (
    <Modal
      open
      width={720}
      title={t("title", { name })}
      okText={t("eraseNow")}
      okButtonProps={{ danger: true, disabled: wanted === undefined || typed.trim() !== wanted }}
      cancelText={t("cancel")}
      confirmLoading={erase.isPending}
      onCancel={onClose}
      onOk={() => erase.mutate({ ...choice, confirm: typed.trim() })}
    >
      <div className={styles.body}>
        <p>{t("lead")}</p>
        <Loaded query={shown} skeleton={<Placeholder height={220} />}>
          {({ lines }) => <WouldGo lines={lines} />}
        </Loaded>
        <Keep name="keep_orders" title={t("keepOrders")} hint={t("keepOrdersHint")} choice={choice} onChange={setChoice} />
        <Keep name="keep_proof" title={t("keepProof")} hint={t("keepProofHint")} choice={choice} onChange={setChoice} />
        {erase.error && <ProblemNote error={erase.error} />}
        {wanted !== undefined && (
          <label className={styles.confirm}>
            {t("confirm", { name: wanted })}
            <Input value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" spellCheck={false} />
          </label>
        )}
      </div>
    </Modal>
  );
}

interface KeepProps {
  name: keyof Choice;
  title: string;
  hint: string;
  choice: Choice;
  onChange: (choice: Choice) => void;
}

function Keep({ name, title, hint, choice, onChange }: KeepProps) {
  return (
    <Checkbox checked={choice[name]} onChange={(event) => onChange({ ...choice, [name]: event.target.checked })}>
      {title}
      <span className={styles.hint}>{hint}</span>
    </Checkbox>
  );
}

function WouldGo({ lines }: { lines: Line[] }) {
  const t = useWords();
  const say = useSay();
  const { number } = useFormat();
  return (
    <div className={styles.lines}>
      <DataTable<Line>
        label={t("place")}
        rowKey={({ place }) => place}
        dataSource={lines}
        columns={[
          { key: "place", title: t("place"), render: (_, { label }) => say(label) },
          { key: "store", title: t("store"), render: (_, { store }) => say(store) },
          { key: "rows", title: t("rows"), align: "right", render: (_, { rows }) => number(rows) },
          { key: "fate", title: t("fate"), render: (_, { fate }) => say(fate) },
        ]}
      />
    </div>
  );
}

function UnderWay({ erasure, name }: { erasure: Erasure; name: string }) {
  const t = useWords();
  const say = useSay();
  const run = useRun(erasure.run_id).data;
  const navigate = useNavigate();
  const queries = useQueryClient();
  const done = run?.state === "done";
  const where = `/api/v1/persons/erasures/${erasure.id}`;
  const leave = () => {
    queries.removeQueries({ queryKey: ["customers"] });
    void navigate({ to: "/customers" });
  };
  return (
    <Modal open title={done ? t("done") : t("title", { name })} footer={<Button onClick={leave}>{t("back")}</Button>} closable={false}>
      {done ? (
        <div className={styles.body}>
          <p>{t("doneDetail")}</p>
          <div className={styles.acts}>
            <Button type="primary" onClick={() => void download(`${where}/receipt.json`, `receipt-${erasure.id}.json`)}>
              {t("receiptFile")}
            </Button>
            <Button href={`${where}/receipt.html`} target="_blank">
              {t("receiptPage")}
            </Button>
          </div>
        </div>
      ) : (
        <div className={styles.body}>
          <p aria-live="polite">{run ? say(run.step) : t("running")}</p>
          <Progress percent={Math.round((run?.progress ?? 0) * 100)} status={isOver(run) ? "exception" : "active"} aria-label={t("running")} />
          {run?.error && <p role="alert">{say({ en: run.error.detail, zh: run.error.detail_zh })}</p>}
          <p className={styles.hint}>{t("runningHint")}</p>
        </div>
      )}
    </Modal>
  );
}
