/** Our own few words, in the language of the message beside them. */
export const WORDS = {
  close: { en: "Close", zh: "关闭" },
  message: { en: "Message", zh: "消息" },
};

export function say(word: keyof typeof WORDS, language: string): string {
  return WORDS[word][language.toLowerCase().startsWith("zh") ? "zh" : "en"];
}
