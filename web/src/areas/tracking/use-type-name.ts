import { useCallback } from "react";

import { useWords } from "./words";

export const TYPES = ["text", "number", "boolean", "time", "list", "object"] as const;
const SEEN = [...TYPES, "empty"] as const;

/** Types of values in words. */
export function useTypeName() {
  const t = useWords();
  return useCallback(
    (type: string) => {
      const known = SEEN.find((one) => one === type);
      return known ? t(`type_${known}`) : type;
    },
    [t],
  );
}
