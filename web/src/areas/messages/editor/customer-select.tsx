import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";

import { useSettled } from "../../../lib/use-settled";
import { someCustomersQuery } from "../api";
import { useWords } from "../words";

interface Props {
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}

/** Anybody, found by words; nobody in particular is a choice too. */
export function CustomerSelect({ value, onChange }: Props) {
  const t = useWords();
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null);
  const found = useQuery(someCustomersQuery(useSettled(words, 250))).data?.items ?? [];
  const options = found.map(({ id, name, email, phone }) => ({ value: id, label: [name ?? id, email ?? phone].filter(Boolean).join(" · ") }));
  const shown = chosen && !options.some((one) => one.value === chosen.value) ? [chosen, ...options] : options;
  return (
    <Select
      aria-label={t("seenAs")}
      allowClear
      placeholder={t("nobody")}
      showSearch={{ filterOption: false, onSearch: setWords }}
      notFoundContent={t("nobodyFound")}
      value={value}
      options={shown}
      onChange={(id: string | undefined) => {
        setChosen(options.find((one) => one.value === id) ?? null);
        onChange(id);
      }}
    />
  );
}
