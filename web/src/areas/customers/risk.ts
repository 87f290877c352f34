export type RiskLevel = "low" | "raised" | "high";

/** The words beside a probability: below three in ten is low, from six in ten is high. */
export function riskLevel(probability: number): RiskLevel {
  if (probability < 0.3) return "low";
  return probability < 0.6 ? "raised" : "high";
}
