/** What one story adds to the log-odds of leaving. */
interface Contribution {
  factor: string;
  effect: number;
}

export interface Share {
  /** The story; null for all the small ones together. */
  factor: string | null;
  from: number;
  to: number;
}

const SURE = 1e-9; // log-odds closer than this are the same

const chance = (odds: number) => 1 / (1 + Math.exp(-odds));

/**
 * The way from the average customer's risk to this one's, story by story, the strongest first.
 *
 * A risk is a bent function of what the stories add up to, so each story gets its part of the log-odds times one slope,
 * the logarithmic mean: under it the parts add up to the whole whatever their order.
 */
export function makeup(base: number, contributions: readonly Contribution[], most: number): Share[] {
  const told = contributions.reduce((sum, { effect }) => sum + effect, 0);
  const start = chance(base);
  const slope = Math.abs(told) > SURE ? (chance(base + told) - start) / told : start * (1 - start);
  const ordered = contributions.toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
  const small = ordered.slice(most);
  const steps: { factor: string | null; effect: number }[] = ordered.slice(0, most);
  if (small.length > 0) steps.push({ factor: null, effect: small.reduce((sum, { effect }) => sum + effect, 0) });
  let at = start;
  return steps.map(({ factor, effect }) => {
    const from = at;
    at += slope * effect;
    return { factor, from, to: at };
  });
}
