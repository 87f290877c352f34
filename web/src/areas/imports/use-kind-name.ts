import { useCallback } from "react";

import { useSay } from "../../i18n/text";
import { type Import } from "./api";

/** What a kind of file is called. */
export function useKindName(): (told: Import, kind?: string) => string {
  const say = useSay();
  return useCallback(
    (told, kind = told.kind) => {
      const found = told.kinds.find(({ name }) => name === kind);
      return found ? say(found.label) : kind;
    },
    [say],
  );
}
