import { useCallback } from "react";

import { useFormat } from "../../lib/use-format";

/** A difference of two probabilities in percentage points, with its sign. */
export function usePoints(): (difference: number) => string {
  const { change } = useFormat();
  return useCallback((difference) => change(difference, 0, "percent"), [change]);
}
