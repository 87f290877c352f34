import i18next from "i18next";
import { initReactI18next } from "react-i18next";

export type Language = "en" | "zh";
export const LANGUAGES: readonly Language[] = ["en", "zh"];

const STORED = "tenure.language";

/** The language chosen here before, else the first of the browser's that we speak, else English. */
export function initialLanguage(stored: string | null, wanted: readonly string[]): Language {
  if (stored === "en" || stored === "zh") return stored;
  for (const tag of wanted) {
    if (tag.toLowerCase().startsWith("zh")) return "zh";
    if (tag.toLowerCase().startsWith("en")) return "en";
  }
  return "en";
}

void i18next.use(initReactI18next).init({
  lng: initialLanguage(localStorage.getItem(STORED), navigator.languages),
  fallbackLng: false,
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  resources: {},
  interpolation: { escapeValue: false }, // React escapes.
  returnNull: false,
});

function tellTheDocument(language: string): void {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
}
tellTheDocument(i18next.language);
i18next.on("languageChanged", tellTheDocument);

export function chooseLanguage(language: Language): void {
  localStorage.setItem(STORED, language);
  void i18next.changeLanguage(language);
}

export { i18next };
