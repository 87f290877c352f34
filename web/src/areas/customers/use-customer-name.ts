import { useCallback } from "react";

import { useWords } from "./words";

/** A customer without a name is called by their id. */
export function useCustomerName(): (customer: { id: string; name: string | null }) => string {
  const t = useWords();
  return useCallback(({ id, name }) => name ?? t("nameless", { id }), [t]);
}
