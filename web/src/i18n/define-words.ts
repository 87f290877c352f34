import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import { i18next } from "./i18next";

interface Plural {
  one: string;
  other: string;
}

/** One phrase of the interface, in both languages, so that neither can be forgotten. Chinese has no plural. */
export interface Phrase {
  en: string | Plural;
  zh: string;
}

export type Words = Record<string, Phrase>;
export type Say<W extends Words> = (key: keyof W & string, values?: Record<string, string | number>) => string;

/**
 * Declare the words of one room and get the hook that says them.
 *
 *     export const useWords = defineWords("customers", { title: { en: "Customers", zh: "客户" } });
 *     const t = useWords();  t("title")
 *
 * Places are `{{name}}`; a phrase with plural forms takes `count`.
 */
export function defineWords<const W extends Words>(room: string, words: W): () => Say<W> {
  i18next.addResourceBundle("en", room, flatten(words, "en"), true, true);
  i18next.addResourceBundle("zh", room, flatten(words, "zh"), true, true);
  return function useWords() {
    const { t } = useTranslation(room);
    return useCallback<Say<W>>(
      (key, values) => {
        const name: string = key; // The type of our keys is too deep for i18next's own checks.
        return t(name, { ...values });
      },
      [t],
    );
  };
}

function flatten(words: Words, language: "en" | "zh"): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [key, phrase] of Object.entries(words)) {
    const said = phrase[language];
    if (typeof said === "string") {
      flat[key] = said;
      if (typeof phrase.en !== "string") flat[`${key}_other`] = said;
    } else {
      flat[`${key}_one`] = said.one;
      flat[`${key}_other`] = said.other;
    }
  }
  return flat;
}
