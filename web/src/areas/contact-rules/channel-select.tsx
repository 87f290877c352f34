import { Select } from "antd";

import { CHANNELS, useContactNames } from "../../lib/contact/names";
import { Field } from "../../ui/field";
import { useWords } from "./words";

interface Props {
  value: string | null;
  may: boolean;
  onChange: (channel: string | null) => void;
}

/** Which channel a rule is about; none named is all of them. */
export function ChannelSelect({ value, may, onChange }: Props) {
  const t = useWords();
  const names = useContactNames();
  return (
    <Field label={t("channel")}>
      <Select
        aria-label={t("channel")}
        style={{ width: 145 }}
        disabled={!may}
        value={value ?? ""}
        options={[{ value: "", label: t("everyChannel") }, ...CHANNELS.map((one) => ({ value: one, label: names.channel(one) }))]}
        onChange={(channel) => onChange(channel || null)}
      />
    </Field>
  );
}
