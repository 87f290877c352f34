import { useCallback } from "react";

import { type Language } from "./i18next";
import { useLanguage } from "./use-language";

/** A sentence from the server, in both languages. */
export interface Text {
  en: string;
  zh: string;
}

/** A plain string is said as it is: names of people and columns have one form. */
export function say(text: Text | string, language: Language): string {
  return typeof text === "string" ? text : text[language];
}

export function useSay(): (text: Text | string) => string {
  const language = useLanguage();
  return useCallback((text) => say(text, language), [language]);
}
