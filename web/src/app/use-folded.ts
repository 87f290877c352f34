import { useState } from "react";

const STORED = "tenure.folded";

/** Which groups of the navigation somebody folded away; this browser remembers it. */
export function useFolded() {
  const [folded, setFolded] = useState<readonly string[]>(() => read(localStorage.getItem(STORED)));
  return {
    has: (group: string) => folded.includes(group),
    turn: (group: string) => {
      const next = folded.includes(group) ? folded.filter((one) => one !== group) : [...folded, group];
      localStorage.setItem(STORED, JSON.stringify(next));
      setFolded(next);
    },
  };
}

/** What was remembered; anything else is nothing. */
export function read(stored: string | null): string[] {
  try {
    const found: unknown = JSON.parse(stored ?? "[]");
    return Array.isArray(found) ? found.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}
