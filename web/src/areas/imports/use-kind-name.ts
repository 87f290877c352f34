import { useCallback } from "react";

import { useSay } from "../../i18n/text";
import { type Import } from "./api";

/** What a kind of file is called, without the remark in brackets that helps to choose it. */
export function useKindName(): (told: Import) => string {
  const say = useSay();
  return useCallback(
    (told) => {
      const found = told.kinds.find(({ name }) => name === told.kind);
      return found ? say(found.label).replace(/\s*[(（].*$/, "") : told.kind;
    },
    [say],
  );
}
