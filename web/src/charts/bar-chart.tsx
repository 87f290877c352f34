import { useMemo } from "react";

import { Chart } from "./chart";
import { type Series, SeriesTable } from "./series-table";
import { baseOption, categoryAxis, escape, tipLine, tooltip, usePalette, valueAxis } from "./style";

interface Bars extends Series {
  /** Loss takes the colour of risk, absence a quiet one. */
  tone?: "quiet" | "risk";
}

interface Props {
  label: string;
  categories: readonly string[];
  bars: readonly Bars[];
  format: (value: number) => string;
  axisFormat?: (value: number) => string;
  height?: number;
  stacked?: boolean;
  /** Bars that run to the right, for long names. */
  sideways?: boolean;
}

/** How much of each: bars from zero. */
export function BarChart(props: Props) {
  const { label, categories, bars, format, axisFormat = format, height = 300, stacked = false, sideways = false } = props;
  const p = usePalette();
  const option = useMemo(() => {
    const names = { ...categoryAxis(p, categories, true), inverse: sideways };
    const values = valueAxis(p, axisFormat, true);
    const colours = bars.map(({ tone }, at) => (tone ? p[tone] : (p.series[at % p.series.length] ?? p.accent)));
    return {
      ...baseOption(p),
      color: colours,
      grid: { left: 4, right: 18, top: bars.length > 1 ? 38 : 14, bottom: 4, containLabel: true },
      legend: { ...baseOption(p).legend, show: bars.length > 1, itemHeight: 10, type: "scroll" },
      xAxis: sideways ? values : names,
      yAxis: sideways ? names : values,
      tooltip: {
        ...tooltip(p),
        trigger: "axis",
        axisPointer: { type: "shadow", shadowStyle: { color: p.grid, opacity: 0.5 } },
        formatter: (points: unknown) => {
          const at = (points as { dataIndex: number }[])[0]?.dataIndex ?? 0;
          const rows = bars.map(({ name, values: of }, i) => tipLine(colours[i] ?? p.accent, name, of[at] == null ? "–" : format(of[at])));
          return `<div style="margin-bottom:4px">${escape(categories[at] ?? "")}</div>${rows.join("")}`;
        },
      },
      series: bars.map(({ name, values: of }) => ({
        type: "bar",
        name,
        data: [...of],
        stack: stacked ? "all" : undefined,
        barMaxWidth: 30,
        itemStyle: { borderRadius: stacked ? 0 : sideways ? [0, 4, 4, 0] : [4, 4, 0, 0] },
      })),
    };
  }, [p, categories, bars, format, axisFormat, stacked, sideways]);
  const table = <SeriesTable label={label} categories={categories} series={bars} format={format} />;
  return <Chart label={label} option={option} height={height} table={table} />;
}
