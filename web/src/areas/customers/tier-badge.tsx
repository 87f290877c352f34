import { Badge } from "../../ui/badge";
import { useWords } from "./words";

export function TierBadge({ tier }: { tier: string }) {
  const t = useWords();
  return <Badge tone={tier === "A" ? "accent" : "plain"}>{t("tier", { tier })}</Badge>;
}
