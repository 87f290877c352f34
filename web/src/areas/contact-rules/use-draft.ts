import { useState } from "react";

import { type Rules, same } from "./rules";

/** The rules being edited, with every step back to what holds. */
export function useDraft(held: Rules) {
  const [steps, setSteps] = useState<readonly Rules[]>([]);
  const rules = steps.at(-1) ?? held;
  return {
    rules,
    changed: !same(rules, held),
    change: (part: Partial<Rules>) => setSteps([...steps, { ...rules, ...part }]),
    undo: steps.length > 0 ? () => setSteps(steps.slice(0, -1)) : undefined,
    reset: () => setSteps([]),
  };
}

export type Draft = ReturnType<typeof useDraft>;
