import { useMemo } from "react";

import { useLanguage } from "../i18n/use-language";
import { createFormat, type Format } from "./format";
import { useSession } from "./session";

/** Numbers, money and dates as the reader's language and the workspace's currency and time zone write them. */
export function useFormat(): Format {
  const language = useLanguage();
  const workspace = useSession()?.workspace;
  const currency = workspace?.currency ?? "USD";
  const timeZone = workspace?.time_zone ?? "UTC";
  return useMemo(() => createFormat(language, currency, timeZone), [language, currency, timeZone]);
}
