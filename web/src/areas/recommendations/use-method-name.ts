import { useCallback } from "react";

import { useWords } from "./words";

const METHODS = ["popularity", "item_knn", "ease", "implicit_als"] as const;

/** What people call a way of ranking. */
export function useMethodName(): (method: string) => string {
  const t = useWords();
  return useCallback(
    (method) => {
      const known = METHODS.find((one) => one === method);
      return known ? t(`method_${known}`) : method;
    },
    [t],
  );
}
