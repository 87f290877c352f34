import { useLanguage } from "./use-language";

/** Sentences one after another: English sets a space between them, Chinese none. */
export function useSentences(): (...sentences: (string | false)[]) => string {
  const language = useLanguage();
  return (...sentences) => sentences.filter(Boolean).join(language === "zh" ? "" : " ");
}
