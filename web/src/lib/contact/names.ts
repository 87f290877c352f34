import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { useSay } from "../../i18n/text";
import { useMay } from "../session";
import { consentQuery } from "./lists";
import { useWords } from "./words";

export const CHANNELS = ["email", "sms", "phone", "wecom", "in_app", "push"] as const;
export const BASES = ["consent", "contract", "legitimate_interest", "legal_obligation"] as const;
export const WORDS = ["granted", "withdrawn", "pending"] as const;
export const ANY = "any";

const SOURCES = ["member", "import", "double_opt_in", "unsubscribe", "unsubscribe_all", "preference_centre", "reply", "complaint", "opt_out_report"] as const;
const CLOSED = ["manual", "hard_bounce", "complaint", "soft_bounces", "invalid", "erased"] as const;
const EVENTS = ["asked", "queued", "held", "released", "discarded", "leased", "waiting", "sending", "accepted", "delivered", "failed", "unknown", "dropped", "cancelled", "opened", "clicked", "bounced", "complained", "unsubscribed", "treated_as_sent", "recalled"] as const;

/** Channels, lists, words and reasons as people call them; what we have no words for keeps its own name. */
export function useContactNames() {
  const t = useWords();
  const say = useSay();
  const lists = useQuery({ ...consentQuery, enabled: useMay("settings.read") }).data?.purposes;
  return useMemo(() => {
    const named = <N extends string>(known: readonly N[], name: string, words: (one: N) => string) => {
      const found = known.find((one) => one === name);
      return found ? words(found) : name;
    };
    return {
      channel: (name: string) => named([...CHANNELS, ANY] as const, name, (one) => t(`channel_${one}`)),
      basis: (name: string) => named(BASES, name, (one) => t(`basis_${one}`)),
      word: (name: string) => named(WORDS, name, (one) => t(`word_${one}`)),
      source: (name: string) => named(SOURCES, name, (one) => t(`source_${one}`)),
      event: (name: string) => named(EVENTS, name, (one) => t(`event_${one}`)),
      closed: (name: string) => named(CLOSED, name, (one) => t(`closed_${one}`)),
      purpose: (name: string) => {
        const found = lists?.find((list) => list.name === name);
        if (found) return say(found.label);
        return name === ANY ? t("purpose_any") : name;
      },
    };
  }, [t, say, lists]);
}
