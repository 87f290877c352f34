export const TABS = ["write", "proof", "versions", "results"] as const;
export type Tab = (typeof TABS)[number];

/** What of a message is on screen; it lives in the address. */
export interface MessageSearch {
  tab?: Tab;
  channel?: string;
  language?: string;
}

export function readMessageSearch(search: Record<string, unknown>): MessageSearch {
  return { tab: TABS.find((tab) => tab === search.tab), channel: word(search.channel), language: word(search.language) };
}

export interface MessagesSearch {
  archived?: boolean;
}

export function readMessagesSearch(search: Record<string, unknown>): MessagesSearch {
  return { archived: search.archived === true || undefined };
}

function word(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
