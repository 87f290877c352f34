import { useSyncExternalStore } from "react";

const still = window.matchMedia("(prefers-reduced-motion: reduce)");

function listen(listener: () => void): () => void {
  still.addEventListener("change", listener);
  return () => still.removeEventListener("change", listener);
}

/** Whether things may fade and slide: not where the system asks for stillness. */
export function useMotion(): boolean {
  return useSyncExternalStore(listen, () => !still.matches);
}
