/** The colours of the house, once for light and once for dark; CSS reads them as `--t-…`, antd and charts by name. */
export interface Palette {
  ground: string;
  surface: string;
  raised: string;
  line: string;
  ink: string;
  quiet: string;
  /** Staying, and everything that can be pressed. */
  accent: string;
  accentSoft: string;
  onAccent: string;
  /** Leaving: risk, loss, error. Never decoration. */
  risk: string;
  riskSoft: string;
  warn: string;
  warnSoft: string;
  /** Newcomers, where a second colour is needed. */
  blue: string;
  grid: string;
  /** Series of a chart: distinguishable for colour-blind readers and in order of lightness. */
  series: readonly string[];
}

export const light: Palette = {
  ground: "#f6f5f1",
  surface: "#ffffff",
  raised: "#fbfaf8",
  line: "#e5e2da",
  ink: "#17211f",
  quiet: "#566460",
  accent: "#0c655f",
  accentSoft: "#e2f0ed",
  onAccent: "#ffffff",
  risk: "#b8412a",
  riskSoft: "#fbe8e1",
  warn: "#8a5a00",
  warnSoft: "#fbf0d8",
  blue: "#3f6b9a",
  grid: "#ebe8e1",
  series: ["#0c655f", "#5b86b3", "#c39a3c", "#7f6aa3", "#7db39a", "#8a8f8d"],
};

export const dark: Palette = {
  ground: "#0d1413",
  surface: "#151d1c",
  raised: "#1b2523",
  line: "#2a3633",
  ink: "#e9efed",
  quiet: "#a0b1ac",
  accent: "#58c7b8",
  accentSoft: "#16322e",
  onAccent: "#04211e",
  risk: "#ff9878",
  riskSoft: "#3a211a",
  warn: "#e6b95a",
  warnSoft: "#33290f",
  blue: "#7fa9d8",
  grid: "#24302d",
  series: ["#58c7b8", "#7fa9d8", "#d9b65f", "#b79fd8", "#9fd3b8", "#a3aba8"],
};

/** Hand the palette to the style sheets. */
export function paint(element: HTMLElement, palette: Palette): void {
  for (const [name, value] of Object.entries(palette)) {
    if (typeof value === "string") element.style.setProperty(`--t-${name}`, value);
  }
}
