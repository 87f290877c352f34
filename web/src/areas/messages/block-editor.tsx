import { useQuery } from "@tanstack/react-query";
import { App, Button, Drawer, Input, Select, Tabs } from "antd";
import { useState } from "react";

import { useSay } from "../../i18n/text";
import { useFieldError } from "../../lib/use-field-error";
import { useSettled } from "../../lib/use-settled";
import { CodeArea } from "../../ui/code-area";
import { Field } from "../../ui/field";
import { Loaded } from "../../ui/loaded";
import { ProblemNote } from "../../ui/problem-note";
import { type Block, faultsQuery, previewQuery, useForgetBlock, useSaveBlock } from "./api";
import { draftOfBlock } from "./block-draft";
import { MARKED, marksOf } from "./draft";
import { MailFrame } from "./editor/mail-frame";
import styles from "./messages.module.css";
import { useLanguageName } from "./shared/use-language-name";
import { useWords } from "./words";

interface Props {
  block: Block;
  may: boolean;
  onClose: () => void;
}

const OFFERED = ["en", "zh", "zh-CN", "zh-TW", "ja", "ko", "fr", "de", "es"] as const;

/** One block in each of its languages: as it stands in mail, and as it stands in texts. */
export function BlockEditor({ block, may, onClose }: Props) {
  const t = useWords();
  const nameOf = useLanguageName();
  const { message } = App.useApp();
  const [name, setName] = useState(block.name);
  const [languages, setLanguages] = useState(block.languages);
  const [tag, setTag] = useState(Object.keys(block.languages)[0] ?? "en");
  const saving = useSaveBlock();
  const wrong = useFieldError(saving.error)("/name");
  const piece = languages[tag] ?? { mail: "", text: "" };
  const save = () =>
    saving.mutate(
      { name, languages },
      {
        onSuccess: () => {
          void message.success(t("saved"));
          onClose();
        },
      },
    );
  const footer = may && (
    <div className={styles.footer}>
      {block.own && block.name !== "" && <Forget name={block.name} onDone={onClose} />}
      <Button onClick={onClose}>{t("cancel")}</Button>
      <Button type="primary" disabled={name.trim() === ""} loading={saving.isPending} onClick={save}>
        {t("save")}
      </Button>
    </div>
  );
  const tabs = Object.keys(languages).map((one) => ({ key: one, label: nameOf(one) }));
  return (
    <Drawer open title={block.name || t("newBlock")} size="min(760px, 100vw)" onClose={onClose} closable={{ "aria-label": t("close") }} footer={footer}>
      <div className="stack">
        {saving.error && !wrong && <ProblemNote error={saving.error} />}
        {block.name === "" && <NameField value={name} wrong={wrong} onChange={setName} />}
        <Tabs
          size="small"
          activeKey={tag}
          onChange={setTag}
          items={tabs}
          tabBarExtraContent={
            may && (
              <AddLanguage
                taken={Object.keys(languages)}
                onAdd={(one) => {
                  setLanguages({ ...languages, [one]: { ...piece } });
                  setTag(one);
                }}
              />
            )
          }
        />
        <Piece key={tag} tag={tag} piece={piece} may={may} onChange={(part) => setLanguages({ ...languages, [tag]: { ...piece, ...part } })} />
      </div>
    </Drawer>
  );
}

function NameField({ value, wrong, onChange }: { value: string; wrong: string | undefined; onChange: (name: string) => void }) {
  const t = useWords();
  return (
    <Field label={t("blockName")}>
      <Input aria-label={t("blockName")} autoComplete="off" status={wrong ? "error" : undefined} value={value} onChange={({ target }) => onChange(target.value)} />
      <span className={wrong ? styles.wrong : styles.small}>{wrong ?? t("blockNameHint")}</span>
    </Field>
  );
}

function AddLanguage({ taken, onAdd }: { taken: readonly string[]; onAdd: (tag: string) => void }) {
  const t = useWords();
  const nameOf = useLanguageName();
  return (
    <Select<string | null>
      size="small"
      style={{ width: 150 }}
      aria-label={t("addLanguage")}
      placeholder={t("addLanguage")}
      value={null}
      options={OFFERED.filter((one) => !taken.includes(one)).map((one) => ({ value: one, label: nameOf(one) }))}
      onChange={(one) => one !== null && onAdd(one)}
    />
  );
}

interface PieceProps {
  tag: string;
  piece: { mail: string; text: string };
  may: boolean;
  onChange: (part: { mail?: string; text?: string }) => void;
}

function Piece({ tag, piece, may, onChange }: PieceProps) {
  const t = useWords();
  const say = useSay();
  const draft = draftOfBlock(tag, useSettled(piece));
  const faults = useQuery(faultsQuery(draft)).data?.items ?? [];
  const query = useQuery(previewQuery({ draft: { ...draft, ...MARKED }, channel: "email", given: { coupon: { code: "SPRING" }, offer: { name: t("sampleOffer") } } }));
  const part = (name: "mail" | "text", at: string) => (
    <Field label={t(`block_${name}`)}>
      <CodeArea label={t(`block_${name}`)} rows={6} disabled={!may} value={piece[name]} marks={marksOf(faults, at, say)} onChange={(value) => onChange({ [name]: value })} />
    </Field>
  );
  return (
    <>
      {part("mail", `email.${tag}.html`)}
      {part("text", `sms.${tag}.text`)}
      {faults.map((fault, at) => (
        <p key={at} className={styles.wrong}>
          {say(fault.words)}
        </p>
      ))}
      <Loaded query={query}>{(seen) => <MailFrame html={seen.html ?? ""} narrow={false} />}</Loaded>
    </>
  );
}

function Forget({ name, onDone }: { name: string; onDone: () => void }) {
  const t = useWords();
  const { modal } = App.useApp();
  const forget = useForgetBlock();
  const ask = () =>
    void modal.confirm({
      title: t("forgetBlock", { name }),
      content: t("forgetBlockDetail"),
      okText: t("remove"),
      okButtonProps: { danger: true },
      cancelText: t("cancel"),
      onOk: () => forget.mutateAsync(name).then(onDone),
    });
  return (
    <Button danger style={{ marginRight: "auto" }} onClick={ask}>
      {t("remove")}
    </Button>
  );
}
