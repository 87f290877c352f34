interface Point {
  day: number;
  probability: number;
}

const MOST_POINTS = 120;

/** The estimate at a day: that of the last step on or before it. */
export function upTo(points: readonly Point[], day: number): number {
  return points.findLast((point) => point.day <= day)?.probability ?? 0;
}

/** The curve at evenly spaced days, few enough to draw, so that the axis is a scale of time. */
export function evenly<P extends Point>(points: readonly P[]): P[] {
  const last = points.at(-1)?.day ?? 0;
  const step = Math.max(1, Math.ceil(last / MOST_POINTS));
  const drawn: P[] = [];
  let at = 0;
  for (let day = 0; day <= last; day += step) {
    while ((points[at + 1]?.day ?? Infinity) <= day) at += 1;
    const point = points[at];
    if (point && point.day <= day) drawn.push({ ...point, day });
  }
  return drawn;
}
