import { type components } from "../../api/schema";
import { type Choice } from "./request";

export type Consent = Required<components["schemas"]["ImportConsent"]>;

export const CHANNELS = ["email", "sms", "phone", "wecom"] as const;
const ADDRESSES = new Set(["email", "phone", "wecom_id"]);

/** Nobody of the file may be written to on its account. */
export const NOBODY: Consent = { basis: "none", purpose: "marketing", channels: ["email"], source: "", wording: "", at: null, confirm: false };
export const FRESH: Consent = { ...NOBODY, basis: "consent" };

/** A file that brings people who could be written to, or says who agreed, is asked where that comes from. */
export function asksForConsent({ kind, fields }: Choice): boolean {
  const given = Object.values(fields);
  return given.includes("marketing_consent") || (kind === "customers" && given.some((field) => field !== null && ADDRESSES.has(field)));
}

/** Whether what was said can be vouched for: nobody, or where and when and for which channels. */
export function isDeclared(consent: Consent | null): boolean {
  if (consent === null || consent.basis === "none") return true;
  return consent.source.trim() !== "" && consent.at !== null && consent.channels.length > 0;
}
