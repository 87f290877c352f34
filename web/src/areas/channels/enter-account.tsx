import { App, Form, Input, Modal, Radio, Select, Switch } from "antd";
import { useState } from "react";

import { useSay } from "../../i18n/text";
import { useContactNames } from "../../lib/contact/names";
import { useFieldError } from "../../lib/use-field-error";
import { ProblemNote } from "../../ui/problem-note";
import { type Account, type Fact, type Kind, useEnter } from "./api";
import styles from "./channels.module.css";
import { useWords } from "./words";

interface Props {
  kinds: Kind[];
  /** Channels that have an account already: another of the same channel takes its place. */
  taken: string[];
  account?: Account;
  onClose: () => void;
}

type Values = Record<string, string | undefined>;

/** Enter the account of a channel, or change it. A secret is written here and never read again. */
export function EnterAccount({ kinds, taken, account, onClose }: Props) {
  const t = useWords();
  const say = useSay();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const [name, setName] = useState(account?.kind ?? kinds[0]?.name ?? "");
  const [enabled, setEnabled] = useState(account?.enabled ?? true);
  const entering = useEnter();
  const kind = kinds.find((one) => one.name === name);
  if (!kind) return null;
  const done = () => {
    void message.success(t("saved"));
    onClose();
  };
  const choose = (chosen: string) => {
    setName(chosen);
    form.resetFields();
  };
  return (
    <Modal open width={560} title={account ? t("change", { name: say(kind.label) }) : t("add")} okText={t("save")} cancelText={t("cancel")} confirmLoading={entering.isPending} onOk={form.submit} onCancel={onClose}>
      <div className={styles.entry}>
        {!account && <KindSelect kinds={kinds} kind={kind} taken={taken} onChoose={choose} />}
        <Form<Values> key={name} form={form} layout="vertical" requiredMark={false} initialValues={startOf(kind, account)} onFinish={(values) => entering.mutate({ kind: name, facts: written(values), enabled }, { onSuccess: done })}>
          <FactItems kind={kind} kept={account !== undefined} error={entering.error} />
        </Form>
        <label className={styles.switch}>
          <Switch size="small" checked={enabled} onChange={setEnabled} /> {t("switchedOn")}
        </label>
      </div>
    </Modal>
  );
}

function KindSelect({ kinds, kind, taken, onChoose }: { kinds: Kind[]; kind: Kind; taken: string[]; onChoose: (name: string) => void }) {
  const t = useWords();
  const say = useSay();
  const names = useContactNames();
  const options = grouped(kinds).map(([channel, some]) => ({ label: names.channel(channel), options: some.map((one) => ({ value: one.name, label: say(one.label) })) }));
  return (
    <>
      <Select aria-label={t("kind")} showSearch={{ optionFilterProp: "label" }} value={kind.name} options={options} onChange={onChoose} />
      {taken.includes(kind.channel) && <p className={styles.note}>{t("replaces", { channel: names.channel(kind.channel) })}</p>}
    </>
  );
}

/** Every fact of a kind; what the server says of one stands below it, everything else above them all. */
function FactItems({ kind, kept, error }: { kind: Kind; kept: boolean; error: unknown }) {
  const wrong = useFieldError(error);
  const placed = kind.facts.some((fact) => wrong(`/facts/${fact.name}`));
  return (
    <>
      {Boolean(error) && !placed && <ProblemNote error={error} />}
      {kind.facts.map((fact) => (
        <FactItem key={fact.name} fact={fact} kept={kept} wrong={wrong(`/facts/${fact.name}`)} />
      ))}
    </>
  );
}

function written(values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((pair): pair is [string, string] => typeof pair[1] === "string"));
}

function FactItem({ fact, kept, wrong }: { fact: Fact; kept: boolean; wrong: string | undefined }) {
  const t = useWords();
  const say = useSay();
  const { name, secret, required, choices } = fact;
  const rules = required && !(secret && kept) ? [{ required: true, whitespace: true, message: t("needed") }] : [];
  const label = required ? say(fact.label) : `${say(fact.label)} · ${t("optional")}`;
  return (
    <Form.Item name={name} label={label} rules={rules} validateStatus={wrong ? "error" : undefined} help={wrong}>
      {choices.length > 0 ? <Radio.Group optionType="button" options={choices.map((one) => ({ value: one, label: t(choiceOf(one)) }))} /> : <FactInput fact={fact} kept={kept} />}
    </Form.Item>
  );
}

/** Long secrets, such as a private key, have many lines; the rest is hidden while it is typed. */
function FactInput({ fact: { name, secret }, kept, ...input }: { fact: Fact; kept: boolean; id?: string; value?: string }) {
  const t = useWords();
  const told = secret && kept ? t("keptSecret") : undefined;
  if (name === "dkim_key") return <Input.TextArea {...input} autoSize={{ minRows: 2, maxRows: 6 }} autoComplete="off" spellCheck={false} placeholder={told ?? "-----BEGIN PRIVATE KEY-----"} />;
  if (name === "templates") return <Input.TextArea {...input} autoSize={{ minRows: 2, maxRows: 10 }} autoComplete="off" spellCheck={false} />;
  return secret ? <Input.Password {...input} autoComplete="new-password" placeholder={told} /> : <Input {...input} autoComplete="off" />;
}

const CHOICES = ["starttls", "implicit", "none", "month", "week", "day"] as const;

function choiceOf(choice: string) {
  return `choice_${CHOICES.find((one) => one === choice) ?? "none"}` as const;
}

function startOf(kind: Kind, account: Account | undefined): Record<string, string> {
  const held = account?.kind === kind.name ? account.facts : {};
  return Object.fromEntries(kind.facts.filter(({ secret }) => !secret).map(({ name, default: usual }) => [name, held[name] ?? usual]));
}

function grouped(kinds: Kind[]): [string, Kind[]][] {
  const channels = [...new Set(kinds.map(({ channel }) => channel))];
  return channels.map((channel) => [channel, kinds.filter((one) => one.channel === channel)]);
}
