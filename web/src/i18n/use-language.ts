import { useTranslation } from "react-i18next";

import { type Language } from "./i18next";

/** The language on screen now; the component draws again when it changes. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === "zh" ? "zh" : "en";
}
