import { useMemo } from "react";

import { type Line, LineChart } from "../../charts/line-chart";
import { type Grain } from "../../lib/format";
import { useFormat } from "../../lib/use-format";
import { type MetricRow, type MetricValues } from "./api";
import { SHOWN, segmentsOf } from "./segments";
import { useSegmentName } from "./use-segment-name";

interface Props {
  answer: MetricValues;
  grain: Grain;
  label: string;
}

/** A metric over time, one line per segment, with the interval as a band and unfinished periods dashed. */
export function TrendChart({ answer: { metric, rows }, grain, label }: Props) {
  const format = useFormat();
  const nameOf = useSegmentName();
  const starts = useMemo(() => [...new Set(rows.map(({ start }) => start))].sort(), [rows]);
  const categories = useMemo(() => starts.map((start) => format.period(start, grain)), [starts, format, grain]);
  const lines = useMemo(
    () =>
      segmentsOf(rows)
        .slice(0, SHOWN)
        .map((segment) => lineOf(rows, starts, segment, segment === null ? label : nameOf(segment))),
    [rows, starts, nameOf, label],
  );
  const inUnit = useMemo(() => (value: number) => format.value(value, metric.unit), [format, metric]);
  const onAxis = useMemo(() => (value: number) => format.shortValue(value, metric.unit), [format, metric]);
  return <LineChart label={label} categories={categories} lines={lines} format={inUnit} axisFormat={onAxis} height={320} />;
}

function lineOf(rows: readonly MetricRow[], starts: readonly string[], segment: string | null, name: string): Line {
  const at = new Map(rows.filter((row) => (row.segment ?? null) === segment).map((row) => [row.start, row]));
  const points = starts.map((start) => at.get(start));
  const open = points.findIndex((point) => point?.mature === false);
  return {
    name,
    values: points.map((point) => point?.value ?? null),
    low: points.map((point) => point?.low ?? null),
    high: points.map((point) => point?.high ?? null),
    openFrom: open < 0 ? undefined : open,
  };
}
