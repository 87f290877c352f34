export interface Quantile {
  quantile: number;
  days: number;
}

/** The share of gaps shorter than a number of days, read between the known quantiles in a straight line. */
export function shareShorter(quantiles: readonly Quantile[], days: number): number | null {
  const known = curve(quantiles);
  const first = known[0];
  const last = known.at(-1);
  if (!first || !last) return null;
  if (days >= last.days) return last.quantile;
  const after = known.findIndex((one) => one.days > days);
  const high = known[after];
  const low = known[after - 1] ?? { quantile: 0, days: 0 };
  if (!high || high.days === low.days) return low.quantile;
  return low.quantile + ((days - low.days) / (high.days - low.days)) * (high.quantile - low.quantile);
}

/** The fewest whole days that cover a share of the gaps. */
export function daysCovering(quantiles: readonly Quantile[], share: number): number | null {
  const known = curve(quantiles);
  const high = known.find(({ quantile }) => quantile >= share);
  return high ? Math.max(1, Math.ceil(high.days)) : null;
}

/** In order of days; where several shares have the same days, the largest counts. */
function curve(quantiles: readonly Quantile[]): Quantile[] {
  return [...quantiles].sort((one, other) => one.days - other.days || one.quantile - other.quantile);
}
