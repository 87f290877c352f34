import { useCallback } from "react";

import { useFormat } from "../../lib/use-format";
import { useWords } from "./words";

/** A probability in words: nothing that is only likely is called certain. */
export function useShare(): (share: number) => string {
  const t = useWords();
  const { percent } = useFormat();
  return useCallback(
    (share) => {
      if (share > 0.99 && share < 1) return t("over", { share: percent(0.99, 0) });
      if (share < 0.01 && share > 0) return t("under", { share: percent(0.01, 0) });
      return percent(share, 0);
    },
    [t, percent],
  );
}
