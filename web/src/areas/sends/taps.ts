import { type TapState } from "./api";

const STANDING = ["all", "channel:email", "channel:sms", "channel:wecom"] as const;

/** Every tap that can be turned: all, the usual channels, and whatever was turned before. */
export function tapsOf(turned: readonly TapState[]): { name: string; paused: boolean; per_second: number | null }[] {
  const names = [...new Set([...STANDING, ...turned.map(({ name }) => name)])];
  return names.map((name) => {
    const found = turned.find((tap) => tap.name === name);
    return { name, paused: found?.paused ?? false, per_second: found?.per_second ?? null };
  });
}
