import { useQuery } from "@tanstack/react-query";
import { Checkbox, DatePicker, Input, Radio, Select } from "antd";
import { useState } from "react";

import { useContactNames } from "../../../lib/contact/names";
import { useSettled } from "../../../lib/use-settled";
import { Field } from "../../../ui/field";
import { type Message, someCustomersQuery } from "../api";
import { channelsOf, draftOf } from "../draft";
import { given as readGiven } from "../editor/given";
import styles from "../messages.module.css";
import { useWords } from "../words";
import { listsQuery } from "./api";
import { type Choice } from "./asking";

interface Props {
  message: Message;
  choice: Choice;
  onChange: (part: Partial<Choice>) => void;
}

/** To whom, over what, when. */
export function ChoiceForm({ message, choice, onChange }: Props) {
  const t = useWords();
  const names = useContactNames();
  const channels = channelsOf(draftOf(message));
  return (
    <div className={styles.choice}>
      <Field label={t("to")}>
        <Radio.Group aria-label={t("to")} value={choice.to} options={(["list", "some", "everybody"] as const).map((one) => ({ value: one, label: t(`to_${one}`) }))} onChange={({ target }) => onChange({ to: target.value as Choice["to"] })} />
      </Field>
      {choice.to === "list" && <ListSelect value={choice.list} onChange={(list) => onChange({ list })} />}
      {choice.to === "some" && <SomeSelect value={choice.some} onChange={(some) => onChange({ some })} />}
      <div className={styles.seen}>
        <Field label={t("over")}>
          <Select aria-label={t("over")} value={choice.channel} options={channels.map((one) => ({ value: one, label: names.channel(one) }))} onChange={(channel) => onChange({ channel })} />
        </Field>
        <Moment label={t("due")} empty={t("atOnce")} onChange={(due) => onChange({ due })} />
      </div>
      <details className={styles.more}>
        <summary>{t("moreChoices")}</summary>
        <div className={styles.choice}>
          <Moment label={t("stale")} empty={t("noEnd")} onChange={(stale) => onChange({ stale })} />
          <Given onChange={(given) => onChange({ given })} />
          <Checkbox checked={choice.again} onChange={({ target }) => onChange({ again: target.checked })}>
            {t("again")}
          </Checkbox>
        </div>
      </details>
      {message.transactional && (
        <Field label={t("reason")}>
          <Input.TextArea aria-label={t("reason")} autoSize={{ minRows: 2 }} maxLength={500} placeholder={t("reasonHint")} value={choice.reason} onChange={({ target }) => onChange({ reason: target.value })} />
        </Field>
      )}
    </div>
  );
}

function ListSelect({ value, onChange }: { value: string | undefined; onChange: (id: string) => void }) {
  const t = useWords();
  const lists = useQuery(listsQuery).data?.items;
  return (
    <>
      <Select aria-label={t("to_list")} placeholder={t("chooseList")} loading={!lists} value={value} options={lists?.map(({ id, name }) => ({ value: id, label: name }))} onChange={onChange} />
      {lists?.length === 0 && <p className={styles.small}>{t("noLists")}</p>}
    </>
  );
}

function SomeSelect({ value, onChange }: { value: string[]; onChange: (ids: string[]) => void }) {
  const t = useWords();
  const [words, setWords] = useState("");
  const found = useQuery(someCustomersQuery(useSettled(words, 250))).data?.items ?? [];
  return (
    <Select
      mode="multiple"
      aria-label={t("to_some")}
      placeholder={t("chooseSome")}
      maxCount={200}
      showSearch={{ filterOption: false, onSearch: setWords }}
      value={value}
      options={found.map(({ id, name, email }) => ({ value: id, label: [name ?? id, email].filter(Boolean).join(" · ") }))}
      onChange={onChange}
    />
  );
}

function Moment({ label, empty, onChange }: { label: string; empty: string; onChange: (at: string | null) => void }) {
  return (
    <Field label={label}>
      <DatePicker aria-label={label} showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" placeholder={empty} onChange={(day) => onChange(day ? day.toISOString() : null)} />
    </Field>
  );
}

function Given({ onChange }: { onChange: (given: Record<string, unknown> | null) => void }) {
  const t = useWords();
  const [typed, setTyped] = useState("");
  const wrong = readGiven(typed) === null;
  return (
    <Field label={t("given")}>
      <Input.TextArea
        aria-label={t("given")}
        autoSize={{ minRows: 1, maxRows: 6 }}
        status={wrong ? "error" : undefined}
        placeholder='{"coupon": {"code": "SPRING"}}'
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          onChange(readGiven(target.value));
        }}
      />
    </Field>
  );
}
