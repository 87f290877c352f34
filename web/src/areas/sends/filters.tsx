import { useQuery } from "@tanstack/react-query";
import { DatePicker, Input, Select } from "antd";
import dayjs from "dayjs";

import { CHANNELS, useContactNames } from "../../lib/contact/names";
import { Field } from "../../ui/field";
import { messageNamesQuery } from "./api";
import { type SendsSearch } from "./search";
import styles from "./sends.module.css";
import { useWords } from "./words";

interface Props {
  search: SendsSearch;
  onChange: (part: SendsSearch) => void;
}

/** Narrow the ledger: a channel, a message, a customer, some days. */
export function Filters({ search, onChange }: Props) {
  const t = useWords();
  const names = useContactNames();
  const dayOf = (text: string | undefined) => (text ? dayjs(text) : null);
  return (
    <div className={styles.filters}>
      <Field label={t("message")}>
        <MessageSelect value={search.message} onChange={(message) => onChange({ message })} />
      </Field>
      <Field label={t("channel")}>
        <Select
          aria-label={t("channel")}
          value={search.channel ?? ""}
          options={[{ value: "", label: t("every") }, ...CHANNELS.map((one) => ({ value: one, label: names.channel(one) }))]}
          onChange={(channel) => onChange({ channel: channel || undefined })}
        />
      </Field>
      <Field label={t("customerId")}>
        <Input.Search key={search.customer ?? ""} aria-label={t("customerId")} allowClear defaultValue={search.customer} onSearch={(value) => onChange({ customer: value.trim() || undefined })} />
      </Field>
      <Field label={t("days")}>
        <DatePicker.RangePicker
          aria-label={t("days")}
          allowEmpty={[true, true]}
          placeholder={[t("from"), t("till")]}
          value={[dayOf(search.from), dayOf(search.to)]}
          onChange={(days) => onChange({ from: days?.[0]?.format("YYYY-MM-DD"), to: days?.[1]?.format("YYYY-MM-DD") })}
        />
      </Field>
    </div>
  );
}

/** A message by its name; one that is known by an id only, such as a journey's, keeps its id. */
function MessageSelect({ value, onChange }: { value: string | undefined; onChange: (message: string | undefined) => void }) {
  const t = useWords();
  const messages = useQuery(messageNamesQuery).data?.items ?? [];
  const options = messages.map(({ id, name }) => ({ value: id, label: name }));
  const strange = value !== undefined && !messages.some(({ id }) => id === value) ? [{ value, label: value }] : [];
  return <Select aria-label={t("message")} allowClear showSearch={{ optionFilterProp: "label" }} placeholder={t("everyMessage")} value={value} options={[...strange, ...options]} onChange={(message: string | undefined) => onChange(message)} />;
}
