import { Table, type TableColumnsType } from "antd";

import { type Grain } from "../../lib/format";
import { useFormat } from "../../lib/use-format";
import { type ReconciliationRow } from "./api";
import { useSegmentName } from "./use-segment-name";
import { useWords } from "./words";

const COUNTS = ["S", "R", "L", "N", "X", "E"] as const;
const PAGE = 24;

export function ReconciliationTable({ rows, grain }: { rows: ReconciliationRow[]; grain: Grain }) {
  const t = useWords();
  const format = useFormat();
  const nameOf = useSegmentName();
  const columns: TableColumnsType<ReconciliationRow> = [
    { title: t("period"), key: "start", render: (_, { start }) => format.period(start, grain) },
    { title: t("segment"), key: "segment", hidden: rows.every(({ segment }) => segment == null), render: (_, { segment }) => nameOf(segment) },
    ...COUNTS.map((key) => ({
      title: `${key} · ${t(key)}`,
      key,
      align: "right" as const,
      render: (_: unknown, row: ReconciliationRow) => format.number(row[key]),
    })),
    { title: "R ÷ S", key: "rate", align: "right", render: (_, { retained_rate }) => <b>{format.value(retained_rate, "percent")}</b> },
    { title: "(E − N) ÷ S", key: "formula", align: "right", render: (_, { formula_rate }) => format.value(formula_rate, "percent") },
  ];
  return (
    <Table<ReconciliationRow>
      className="numbers"
      size="middle"
      columns={columns}
      dataSource={rows.toReversed()}
      rowKey={({ start, segment }) => `${start} ${segment ?? ""}`}
      pagination={rows.length > PAGE ? { pageSize: PAGE, showSizeChanger: false, style: { paddingInline: 16 } } : false}
      scroll={{ x: "max-content" }}
    />
  );
}
