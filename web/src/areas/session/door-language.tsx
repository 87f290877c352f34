import { Segmented } from "antd";

import { chooseLanguage, type Language } from "../../i18n/i18next";
import { useLanguage } from "../../i18n/use-language";

export function DoorLanguage() {
  return (
    <Segmented<Language>
      size="small"
      aria-label="Language · 语言"
      value={useLanguage()}
      options={[
        { value: "zh", label: "中文" },
        { value: "en", label: "English" },
      ]}
      onChange={chooseLanguage}
    />
  );
}
