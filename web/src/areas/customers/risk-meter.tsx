import { MISSING } from "../../lib/format";
import { Meter } from "../../ui/meter";
import { riskLevel } from "../../lib/risk";
import { useShare } from "./use-share";
import { useWords } from "./words";

/** The probability of leaving as a short bar, a number and a word. */
export function RiskMeter({ risk }: { risk: number | null }) {
  const t = useWords();
  const share = useShare();
  if (risk === null) return <span className="quiet">{MISSING}</span>;
  const level = riskLevel(risk);
  return <Meter share={risk} tone={level === "low" ? "accent" : "risk"} text={t("riskInWords", { share: share(risk), level: t(`level_${level}`) })} />;
}
