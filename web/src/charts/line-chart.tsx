import { useMemo } from "react";

import { type Palette } from "../ui/palette";
import { Chart } from "./chart";
import { type Series, SeriesTable } from "./series-table";
import { baseOption, categoryAxis, escape, tipLine, tooltip, usePalette, valueAxis } from "./style";

export interface Line extends Series {
  /** Bounds of an interval, drawn as a band. */
  low?: readonly (number | null)[];
  high?: readonly (number | null)[];
  /** From this position on the values are not final and the line is dashed. */
  openFrom?: number;
  /** A yardstick, not a measurement. */
  quiet?: boolean;
}

interface Props {
  label: string;
  categories: readonly string[];
  lines: readonly Line[];
  format: (value: number) => string;
  axisFormat?: (value: number) => string;
  height?: number;
  fromZero?: boolean;
  /** Where the axis ends, when nothing can lie above: 1 for a share of all. */
  most?: number;
  /** What the categories are, when they are not plainly dates. */
  categoryName?: string;
}

const MOST_BANDS = 3; // more bands than this hide each other; the tooltip and the table keep them all

/** How numbers move: a line for each series, a band for how sure we are. */
export function LineChart(props: Props) {
  const { label, categories, lines, format, axisFormat = format, height = 300, fromZero = false, most, categoryName = "" } = props;
  const p = usePalette();
  const option = useMemo(
    () => ({
      ...baseOption(p),
      grid: { left: 4, right: 18, top: lines.length > 1 ? 38 : 16, bottom: categoryName ? 26 : 4, containLabel: true },
      legend: { ...baseOption(p).legend, show: lines.length > 1, type: "scroll", data: lines.map(({ name }) => name) },
      xAxis: { ...categoryAxis(p, categories, false), name: categoryName, nameLocation: "middle", nameGap: 30 },
      yAxis: { ...valueAxis(p, axisFormat, fromZero), max: most },
      tooltip: { ...tooltip(p), trigger: "axis", formatter: (points: unknown) => tip(points, lines, categories, format, p) },
      series: lines.flatMap((line, index) => drawn(line, colourOf(p, index, line), lines.length)),
    }),
    [p, categories, lines, format, axisFormat, fromZero, most, categoryName],
  );
  const table = <SeriesTable label={label} categories={categories} series={withBounds(lines)} format={format} />;
  return <Chart label={label} option={option} height={height} table={table} />;
}

function colourOf(p: Palette, index: number, line: Line): string {
  return line.quiet ? p.quiet : p.series[index % p.series.length] ?? p.accent;
}

function drawn(line: Line, colour: string, among: number): object[] {
  const shape = { type: "line", smooth: 0.2, smoothMonotone: "x", symbol: "circle", symbolSize: 5, showSymbol: line.values.length < 20 };
  const open = line.openFrom ?? line.values.length;
  const final = {
    ...shape,
    name: line.name,
    data: line.values.map((value, at) => (at < open ? value : null)),
    lineStyle: { width: 2.5, color: colour },
    itemStyle: { color: colour },
  };
  const series: object[] = [final];
  if (open < line.values.length) {
    const data = line.values.map((value, at) => (at >= open - 1 ? value : null));
    series.push({ ...final, name: `${line.name}…`, data, lineStyle: { width: 2, color: colour, type: "dashed" } });
  }
  return line.low && line.high && among <= MOST_BANDS ? [...band(line, colour), ...series] : series;
}

/** A band is two stacked areas: an invisible one up to the lower bound and a tinted one above it. */
function band({ name, low = [], high = [] }: Line, colour: string): object[] {
  const common = { type: "line", stack: `band ${name}`, symbol: "none", silent: true, smooth: 0.2, smoothMonotone: "x", lineStyle: { opacity: 0 }, stackStrategy: "all" };
  const width = high.map((top, at) => (top == null || low[at] == null ? null : top - low[at]));
  return [
    { ...common, name: `low ${name}`, data: [...low] },
    { ...common, name: `high ${name}`, data: width, areaStyle: { color: colour, opacity: 0.13 } },
  ];
}

function withBounds(lines: readonly Line[]): Series[] {
  return lines.flatMap(({ name, values, low, high }) =>
    low && high
      ? [{ name, values }, { name: `${name} ≥`, values: low }, { name: `${name} ≤`, values: high }]
      : [{ name, values }],
  );
}

function tip(
  points: unknown,
  lines: readonly Line[],
  categories: readonly string[],
  format: (value: number) => string,
  p: Palette,
): string {
  const at = (points as { dataIndex: number }[])[0]?.dataIndex ?? 0;
  const rows = lines.map((line, index) => {
    const value = line.values[at];
    if (value == null) return "";
    const low = line.low?.[at];
    const high = line.high?.[at];
    const interval = low == null || high == null ? "" : `  (${format(low)} – ${format(high)})`;
    return tipLine(colourOf(p, index, line), line.name, format(value) + interval);
  });
  return `<div style="margin-bottom:4px">${escape(categories[at] ?? "")}</div>${rows.join("")}`;
}
