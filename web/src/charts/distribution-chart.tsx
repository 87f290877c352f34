import { useMemo } from "react";

import { Chart } from "./chart";
import { SeriesTable } from "./series-table";
import { baseOption, categoryAxis, escape, tipLine, tooltip, usePalette, valueAxis } from "./style";

export interface Bin {
  low: number;
  high: number;
  count: number;
}

interface Props {
  label: string;
  /** What is counted, for the tooltip and the table. */
  name: string;
  bins: readonly Bin[];
  /** From this value on, bins take the warm colour. */
  riskFrom?: number;
  /** How many lay there earlier: drawn as a quiet line. */
  before?: { name: string; counts: readonly number[] };
  /** What is on the scale. */
  axisName?: string;
  formatEdge: (value: number) => string;
  formatCount: (value: number) => string;
  height?: number;
}

/** How many lie where: touching bars over a scale. */
export function DistributionChart({ label, name, bins, before, riskFrom = Infinity, axisName = "", formatEdge, formatCount, height = 280 }: Props) {
  const p = usePalette();
  const ranges = useMemo(() => bins.map(({ low, high }) => `${formatEdge(low)} – ${formatEdge(high)}`), [bins, formatEdge]);
  const option = useMemo(() => {
    const colour = (bin: Bin | undefined) => (bin && bin.low >= riskFrom ? p.risk : p.accent);
    return {
      ...baseOption(p),
      grid: { left: 4, right: 14, top: 16, bottom: axisName ? 26 : 4, containLabel: true },
      xAxis: { ...categoryAxis(p, bins.map(({ low }) => formatEdge(low)), true), name: axisName, nameLocation: "middle", nameGap: 30, axisLabel: { color: p.quiet, interval: Math.max(0, Math.ceil(bins.length / 10) - 1) } },
      yAxis: valueAxis(p, formatCount, true),
      tooltip: {
        ...tooltip(p),
        trigger: "axis",
        axisPointer: { type: "shadow", shadowStyle: { color: p.grid, opacity: 0.5 } },
        formatter: (points: unknown) => {
          const at = (points as { dataIndex: number }[])[0]?.dataIndex ?? 0;
          return `<div style="margin-bottom:4px">${escape(ranges[at] ?? "")}</div>${tipLine(colour(bins[at]), name, formatCount(bins[at]?.count ?? 0))}${before ? tipLine(p.quiet, before.name, formatCount(before.counts[at] ?? 0)) : ""}`;
        },
      },
      series: [
        {
          type: "bar",
          barCategoryGap: "8%",
          data: bins.map((bin) => ({ value: bin.count, itemStyle: { color: colour(bin), borderRadius: [3, 3, 0, 0] } })),
        },
        ...(before ? [{ type: "line", step: "middle", symbol: "none", data: [...before.counts], lineStyle: { color: p.quiet, width: 1.5, type: "dashed" } }] : []),
      ],
    };
  }, [p, bins, ranges, name, before, axisName, riskFrom, formatEdge, formatCount]);
  const table = <SeriesTable label={label} categories={ranges} series={[{ name, values: bins.map(({ count }) => count) }, ...(before ? [{ name: before.name, values: before.counts }] : [])]} format={formatCount} />;
  return <Chart label={label} option={option} height={height} table={table} />;
}
