import { type Text } from "../../i18n/text";
import { type Tone } from "../badge";

/** One rule: what it said, in words, and the values it looked at. */
export interface Step {
  gate: string;
  gate_label: Text;
  channel: string;
  verdict: string;
  words: Text;
  values: Record<string, string | number | null>;
  until: string | null;
}

export interface Decision {
  outcome: string;
  policy: string;
  steps: Step[];
}

export interface Send {
  id: string;
  message: string;
  via: string;
  state: string;
  state_label: Text;
  due_at: string;
  attempts: number;
  events: { at: string; what: string; decision: Decision | null; details: Record<string, unknown> }[];
}

/** Why somebody got a message, waits for it, or never will. */
export interface Story {
  state: string;
  state_label: Text;
  next_eligible: string | null;
  now: Decision;
  sends: Send[];
}

/** How times and channels are written; the house below knows neither clock nor channels. */
export interface Spoken {
  when: (at: string) => string;
  channel: (name: string) => string;
  event: (name: string) => string;
}

/** The colour that repeats what a state says. */
export function toneOf(state: string): Tone {
  if (state === "accepted" || state === "delivered") return "accent";
  if (state === "failed" || state === "unknown") return "risk";
  return state === "held" || state === "queued" ? "warn" : "plain";
}

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.]*(?:Z|[+-]\d\d:\d\d)/g;

/** Words with their instants on the reader's clock instead of a machine's. */
export function readable(words: string, { when }: Pick<Spoken, "when">): string {
  return words.replace(INSTANT, (at) => when(at));
}
