import { Badge, type Tone } from "../../ui/badge";
import { type Import } from "./api";
import { useWords } from "./words";

const TONES: Record<Import["state"], Tone> = {
  uploaded: "plain",
  previewed: "plain",
  running: "accent",
  done: "accent",
  failed: "risk",
  undone: "warn",
};

export function StateBadge({ state }: { state: Import["state"] }) {
  const t = useWords();
  return <Badge tone={TONES[state]}>{t(`state_${state}`)}</Badge>;
}
