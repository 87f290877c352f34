import { useCallback } from "react";

import { useLanguage } from "../i18n/use-language";

const GENDERS: Record<string, { en: string; zh: string }> = {
  female: { en: "female", zh: "女" },
  male: { en: "male", zh: "男" },
  other: { en: "other", zh: "其他" },
  unknown: { en: "unknown", zh: "未知" },
};

/** What people call a value that is kept as a code: a country, a language, a gender; other values are words already. */
export function useChoiceName(): (field: string, value: string) => string {
  const language = useLanguage();
  return useCallback((field, value) => choiceName(field, value, language), [language]);
}

export function choiceName(field: string, value: string, language: "en" | "zh"): string {
  const locale = language === "zh" ? "zh-CN" : "en";
  if (field === "country" && /^[A-Z]{2}$/.test(value)) return new Intl.DisplayNames(locale, { type: "region" }).of(value) ?? value;
  if (field === "language" && /^[a-z]{2,3}(-\w+)?$/.test(value)) return new Intl.DisplayNames(locale, { type: "language" }).of(value) ?? value;
  if (field === "gender") return GENDERS[value]?.[language] ?? value;
  return value;
}
