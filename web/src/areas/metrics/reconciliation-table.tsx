import { type TableColumnsType } from "antd";

import { type Grain } from "../../lib/format";
import { useFormat } from "../../lib/use-format";
import { DataTable } from "../../ui/data-table";
import { Badge } from "../../ui/badge";
import { type ReconciliationRow } from "./api";
import { latestFirst } from "./segments";
import { useSegmentName } from "./use-segment-name";
import { useWords } from "./words";

const COUNTS = ["S", "R", "L", "N", "X", "E"] as const;
const PAGE = 24;

export function ReconciliationTable({ rows, grain }: { rows: ReconciliationRow[]; grain: Grain }) {
  const t = useWords();
  const format = useFormat();
  const nameOf = useSegmentName();
  const columns: TableColumnsType<ReconciliationRow> = [
    { title: t("period"), key: "start", render: (_, { start, mature }) => (
        <>
          {format.period(start, grain)} {!mature && <Badge tone="warn">{t("running")}</Badge>}
        </>
      ) },
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
    <DataTable<ReconciliationRow>
      label={t("reconciliationTable")}
      columns={columns}
      dataSource={latestFirst(rows)}
      rowKey={({ start, segment }) => `${start} ${segment ?? ""}`}
      pageSize={PAGE}
    />
  );
}
