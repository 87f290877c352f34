import { type TableColumnsType } from "antd";

import { type Grain, MISSING } from "../../lib/format";
import { useFormat } from "../../lib/use-format";
import { DataTable } from "../../ui/data-table";
import { Badge } from "../../ui/badge";
import { Change } from "../../ui/change";
import { type MetricRow, type MetricValues } from "./api";
import { latestFirst } from "./segments";
import { useSegmentName } from "./use-segment-name";
import { useWords } from "./words";

const PAGE = 24;

/** Every value with its interval, what it rests on, and how it moved; latest first. */
export function ValuesTable({ answer: { metric, rows }, grain }: { answer: MetricValues; grain: Grain }) {
  const t = useWords();
  const format = useFormat();
  const nameOf = useSegmentName();
  const { unit, better } = metric;
  const segmented = rows.some(({ segment }) => segment != null);
  const columns: TableColumnsType<MetricRow> = [
    {
      title: t("period"),
      key: "start",
      render: (_, { start, mature }) => (
        <>
          {format.period(start, grain)} {!mature && <Badge tone="warn">{t("running")}</Badge>}
        </>
      ),
    },
    { title: t("segment"), key: "segment", hidden: !segmented, render: (_, { segment }) => nameOf(segment) },
    { title: t("value"), key: "value", align: "right", render: (_, { value }) => <b>{format.value(value, unit)}</b> },
    { title: t("interval"), key: "interval", align: "right", render: (_, { low, high }) => (low == null || high == null ? MISSING : `${format.value(low, unit)} – ${format.value(high, unit)}`) },
    { title: t("n"), key: "n", align: "right", render: (_, { n }) => format.number(n) },
    {
      title: t("change"),
      key: "change",
      align: "right",
      render: (_, { value, previous }) =>
        value == null || previous == null ? MISSING : <Change moved={value - previous} better={better} text={format.change(value, previous, unit)} />,
    },
  ];
  return (
    <DataTable<MetricRow>
      label={t("table")}
      columns={columns}
      dataSource={latestFirst(rows)}
      rowKey={({ start, segment }) => `${start} ${segment ?? ""}`}
      pageSize={PAGE}
    />
  );
}
