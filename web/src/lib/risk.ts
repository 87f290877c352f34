export const RISK_LEVELS = ["low", "raised", "high"] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];

/** From which probability on each level begins: below three in ten is low, from six in ten is high. */
export const LEVEL_FROM: Record<RiskLevel, number> = { low: 0, raised: 0.3, high: 0.6 };

/** The word beside a probability. */
export function riskLevel(probability: number): RiskLevel {
  if (probability < LEVEL_FROM.raised) return "low";
  return probability < LEVEL_FROM.high ? "raised" : "high";
}
