export interface Line {
  kind: "same" | "gone" | "new";
  text: string;
}

const MOST = 1500; // lines of a side; the table of the comparison grows with their product

/** The lines of two texts side by side in time: what stayed, what went, what came (longest common subsequence). */
export function compare(before: string, after: string): Line[] {
  const one = before === "" ? [] : before.split("\n");
  const two = after === "" ? [] : after.split("\n");
  if (one.length > MOST || two.length > MOST) return [...one.map(line("gone")), ...two.map(line("new"))];
  const common = table(one, two);
  const lines: Line[] = [];
  for (let i = 0, j = 0; i < one.length || j < two.length; ) {
    const kind = stepOf(one[i], two[j], at(common, i + 1, j) >= at(common, i, j + 1));
    lines.push(line(kind)((kind === "new" ? two[j] : one[i]) ?? ""));
    if (kind !== "new") i += 1;
    if (kind !== "gone") j += 1;
  }
  return lines;
}

/** What comes next: a line of both, or first what went; beyond the end of one side only the other goes on. */
function stepOf(was: string | undefined, is: string | undefined, goneFirst: boolean): Line["kind"] {
  if (was !== undefined && was === is) return "same";
  if (is === undefined) return "gone";
  return was !== undefined && goneFirst ? "gone" : "new";
}

function table(one: readonly string[], two: readonly string[]): number[][] {
  const found = Array.from({ length: one.length + 1 }, () => new Array<number>(two.length + 1).fill(0));
  for (let i = one.length - 1; i >= 0; i -= 1) {
    const row = found[i] ?? [];
    for (let j = two.length - 1; j >= 0; j -= 1) row[j] = one[i] === two[j] ? at(found, i + 1, j + 1) + 1 : Math.max(at(found, i + 1, j), at(found, i, j + 1));
  }
  return found;
}

function at(common: readonly number[][], i: number, j: number): number {
  return common[i]?.[j] ?? 0;
}

function line(kind: Line["kind"]) {
  return (text: string): Line => ({ kind, text });
}

/** Only what changed, with a few lines around it; a gap is null. */
export function around(lines: readonly Line[], near = 2): (Line | null)[] {
  const kept = lines.map((_, place) => lines.slice(Math.max(0, place - near), place + near + 1).some(({ kind }) => kind !== "same"));
  const shown: (Line | null)[] = [];
  lines.forEach((one, place) => {
    if (kept[place]) shown.push(one);
    else if (shown.at(-1) !== null) shown.push(null);
  });
  return shown;
}
