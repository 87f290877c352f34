import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { App, Button, Select } from "antd";
import { useState } from "react";

import { useContactNames } from "../../../lib/contact/names";
import { brandQuery } from "../api";
import { languagesOf, withVariant } from "../draft";
import styles from "../messages.module.css";
import { type MessageSearch } from "../search";
import { useLanguageName } from "../shared/use-language-name";
import { type Kept } from "../use-draft";
import { useWords } from "../words";
import { fallback } from "./fallback";

const OFFERED = ["en", "zh", "zh-CN", "zh-TW", "zh-HK", "ja", "ko", "fr", "de", "es", "pt", "it", "ru", "ar", "th", "vi", "id", "ms"] as const;

interface Props {
  kept: Kept;
  channel: string;
  language: string;
  may: boolean;
  onGo: (part: MessageSearch) => void;
  onAdd: (tag: string) => void;
}

/** The languages of a channel, and whose words everybody else reads. */
export function LanguageBar({ kept, channel, language, may, onGo, onAdd }: Props) {
  const t = useWords();
  const names = useContactNames();
  const nameOf = useLanguageName();
  const { modal } = App.useApp();
  const [adding, setAdding] = useState(false);
  const home = useQuery(brandQuery).data?.language ?? "en";
  const languages = languagesOf(kept.draft, channel);
  const other = fallback(languages, home);
  const remove = () =>
    void modal.confirm({
      title: t("removeVariant", { channel: names.channel(channel), language: nameOf(language) }),
      okText: t("remove"),
      okButtonProps: { danger: true },
      cancelText: t("cancel"),
      onOk: () => {
        kept.change(withVariant(kept.draft, channel, language, null));
        onGo({ language: undefined });
      },
    });
  return (
    <div className={styles.languages}>
      <div className={styles.bar} role="group" aria-label={t("languages")}>
        {languages.map((one) => (
          <button key={one} type="button" className={styles.pill} aria-pressed={one === language} onClick={() => onGo({ channel, language: one })}>
            {nameOf(one)}
          </button>
        ))}
        {may && adding && (
          <Select
            autoFocus
            defaultOpen
            showSearch
            size="small"
            style={{ width: 170 }}
            aria-label={t("addLanguage")}
            placeholder={t("addLanguage")}
            options={OFFERED.filter((one) => !languages.includes(one)).map((one) => ({ value: one, label: `${nameOf(one)} · ${one}` }))}
            onChange={(tag: string) => {
              setAdding(false);
              onAdd(tag);
            }}
            onBlur={() => setAdding(false)}
          />
        )}
        {may && !adding && (
          <Button size="small" type="text" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t("addLanguage")}
          </Button>
        )}
        {may && <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t("removeVariant", { channel: names.channel(channel), language: nameOf(language) })} onClick={remove} />}
      </div>
      {other && <p className={styles.small}>{t("fallback", { language: nameOf(other) })}</p>}
    </div>
  );
}
