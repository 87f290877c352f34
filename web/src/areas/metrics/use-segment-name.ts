import { useCallback } from "react";

import { useWords } from "./words";

const UNKNOWN = "unknown";

/** What a segment is called on screen; the one about which nothing is known has a word of its own. */
export function useSegmentName(): (segment: string | null | undefined) => string {
  const t = useWords();
  return useCallback(
    (segment) => {
      if (segment == null) return t("all");
      return segment === UNKNOWN ? t("unknown") : segment;
    },
    [t],
  );
}
