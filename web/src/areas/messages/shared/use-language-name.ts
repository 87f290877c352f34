import { useCallback } from "react";

import { useLanguage } from "../../../i18n/use-language";

/** What people call a language that is kept as a tag such as zh-CN. */
export function useLanguageName(): (tag: string) => string {
  const language = useLanguage();
  return useCallback(
    (tag) => {
      try {
        return new Intl.DisplayNames(language === "zh" ? "zh-CN" : "en", { type: "language" }).of(tag) ?? tag;
      } catch {
        return tag;
      }
    },
    [language],
  );
}
