import { Input, Select } from "antd";

import { CHANNELS, useContactNames } from "../../lib/contact/names";
import { Field } from "../../ui/field";
import { type SendsSearch } from "./search";
import { useWords } from "./words";

interface Props {
  search: SendsSearch;
  onChange: (part: SendsSearch) => void;
}

/** Narrow the ledger: a channel, a message, a customer. */
export function Filters({ search, onChange }: Props) {
  const t = useWords();
  const names = useContactNames();
  const words = (name: "message" | "customer", label: string) => (
    <Field label={label}>
      <Input.Search key={search[name] ?? ""} aria-label={label} style={{ width: 220 }} allowClear defaultValue={search[name]} onSearch={(value) => onChange({ [name]: value.trim() || undefined })} />
    </Field>
  );
  return (
    <div className="controls">
      <Field label={t("channel")}>
        <Select
          aria-label={t("channel")}
          style={{ width: 160 }}
          value={search.channel ?? ""}
          options={[{ value: "", label: t("every") }, ...CHANNELS.map((one) => ({ value: one, label: names.channel(one) }))]}
          onChange={(channel) => onChange({ channel: channel || undefined })}
        />
      </Field>
      {words("message", t("message"))}
      {words("customer", t("customerId"))}
    </div>
  );
}
