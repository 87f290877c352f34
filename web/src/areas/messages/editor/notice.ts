const BUTTON = /\n*\[([^\]\n]{1,60})\]\((?:https?:\/\/[^\s)]{1,2000}|\/[^\s)]{0,2000})\)\s*$/;

/** What a page shows of the words of a message: a last line such as `[See it](https://…)` is its button. */
export function noticeOf(text: string): { words: string; button: string } {
  const found = BUTTON.exec(text);
  return { words: (found ? text.slice(0, found.index) : text).trim(), button: found?.[1] ?? "" };
}
