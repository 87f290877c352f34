import { SearchOutlined } from "@ant-design/icons";
import { Input } from "antd";
import { useEffect, useState } from "react";

import { useWords } from "./words";

const PAUSE = 300;

interface Props {
  value: string;
  onSearch: (words: string) => void;
}

/** Words to look for; asked when the typing pauses. */
export function SearchBox({ value, onSearch }: Props) {
  const t = useWords();
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    // The address changed by other means, such as the browser's back.
    setKnown(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed.trim() === value) return undefined;
    const timer = setTimeout(() => onSearch(typed.trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [typed, value, onSearch]);
  return (
    <Input
      type="search"
      allowClear
      prefix={<SearchOutlined aria-hidden />}
      aria-label={t("search")}
      placeholder={t("search")}
      style={{ flex: "1 1 260px", maxWidth: 420 }}
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      onPressEnter={() => onSearch(typed.trim())}
    />
  );
}
