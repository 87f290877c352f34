import { type components } from "../../api/schema";
type Message = components["schemas"]["Message"];
type Variant = components["schemas"]["MessageVariant"];
type Fault = components["schemas"]["DraftFault"];

export type Draft = components["schemas"]["MessageRequest"];

/** How words leave that belong to no message yet. */
export const MARKED = { tracked: true, short_links: true };

export type Part = "subject" | "preheader" | "mjml" | "html" | "text";

export const EMPTY: Variant = { subject: "", preheader: "", mjml: "", html: "", text: "" };

/** What a kept message looks like when it is sent back. */
export function draftOf({ name, purpose, category, tags, transactional, tracked, short_links, channels }: Message): Draft {
  return { name, purpose, category, tags, transactional, tracked, short_links, channels };
}

/** Two drafts that say the same. */
export function same(one: Draft, other: Draft): boolean {
  return JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== "" && part !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, ordered(part)]),
  );
}

/** The channels a draft speaks on, in the order people think of them. */
export function channelsOf(draft: Draft): string[] {
  const there = Object.keys(draft.channels);
  const order: readonly string[] = ["email", "sms", "wecom", "in_app", "push", "webhook"];
  return there.sort((one, other) => order.indexOf(one) - order.indexOf(other));
}

export function languagesOf(draft: Draft, channel: string): string[] {
  return Object.keys(draft.channels[channel] ?? {}).sort();
}

export function variantOf(draft: Draft, channel: string, language: string): Variant | undefined {
  return draft.channels[channel]?.[language];
}

/** The draft with one variant put in, or with `null` taken out; a channel without languages goes too. */
export function withVariant(draft: Draft, channel: string, language: string, variant: Variant | null): Draft {
  const channels = { ...draft.channels };
  const languages = { ...channels[channel] };
  if (variant) languages[language] = variant;
  else Reflect.deleteProperty(languages, language);
  if (Object.keys(languages).length > 0) channels[channel] = languages;
  else Reflect.deleteProperty(channels, channel);
  return { ...draft, channels };
}

/** The lines of one part that are wrong, with what is wrong. */
export function marksOf(faults: readonly Fault[], part: string, say: (words: Fault["words"]) => string): Map<number, string> {
  return new Map(faults.filter((fault) => fault.part === part && fault.line !== null).map((fault) => [fault.line ?? 1, say(fault.words)]));
}

/** Where a fault is: `email.zh-CN.mjml` in its pieces. */
export function placeOf(part: string): { channel: string; language?: string; part?: string } {
  const [channel = "", language, piece] = part.split(".");
  return { channel, language, part: piece };
}
