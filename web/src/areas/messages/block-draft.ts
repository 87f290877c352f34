import { type Draft, EMPTY } from "./draft";

/** A block as a message of its own, so that it can be checked and seen like one. */
export function draftOfBlock(tag: string, { mail, text }: { mail: string; text: string }): Pick<Draft, "channels" | "transactional"> {
  const sections = mail.trimStart().startsWith("<mj-");
  const body = sections ? { mjml: `<mjml><mj-body>${mail}</mj-body></mjml>` } : { html: mail || text || " " };
  return { transactional: true, channels: { email: { [tag]: { ...EMPTY, subject: "-", ...body } }, ...(text ? { sms: { [tag]: { ...EMPTY, text } } } : {}) } };
}
