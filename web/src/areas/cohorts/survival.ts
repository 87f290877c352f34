interface Point {
  day: number;
  probability: number;
}

const MOST_POINTS = 120;

/** The estimate at a day: that of the last step on or before it. */
export function upTo(points: readonly Point[], day: number): number {
  return points.findLast((point) => point.day <= day)?.probability ?? 0;
}

/** Few enough points to draw; a step curve loses nothing the eye could see. */
export function thinned<P extends Point>(points: readonly P[]): P[] {
  const step = Math.max(1, Math.ceil(points.length / MOST_POINTS));
  return points.filter((_, at) => at % step === 0 || at === points.length - 1);
}
