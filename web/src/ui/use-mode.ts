import { useSyncExternalStore } from "react";

import { type Mode } from "./theme";

export type ModeChoice = Mode | "system";

const STORED = "tenure.theme";
const system = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

export function readChoice(stored: string | null): ModeChoice {
  return stored === "light" || stored === "dark" ? stored : "system";
}

function current(): Mode {
  const choice = readChoice(localStorage.getItem(STORED));
  if (choice !== "system") return choice;
  return system.matches ? "dark" : "light";
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  system.addEventListener("change", listener);
  return () => {
    listeners.delete(listener);
    system.removeEventListener("change", listener);
  };
}

export function chooseMode(choice: ModeChoice): void {
  localStorage.setItem(STORED, choice);
  for (const listener of listeners) listener();
}

/** Light or dark, as chosen here or as the system says. */
export function useMode(): Mode {
  return useSyncExternalStore(listen, current);
}
