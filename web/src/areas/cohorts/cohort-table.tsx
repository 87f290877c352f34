import { CohortGrid, type CohortRow } from "../../charts/cohort-grid";
import { type Grain, MISSING } from "../../lib/format";
import { useFormat } from "../../lib/use-format";
import { EmptyState } from "../../ui/empty-state";
import { type Cohorts } from "./api";
import { useWords } from "./words";

interface Props {
  cohorts: Cohorts;
  grain: Grain;
  measure: "customers" | "revenue";
}

/** The heat map: cohorts down, periods across, means below. */
export function CohortTable({ cohorts: { cohorts, means, columns }, grain, measure }: Props) {
  const t = useWords();
  const format = useFormat();
  if (cohorts.length === 0) return <EmptyState title={t("empty")}>{t("emptyDetail")}</EmptyState>;
  const rows = cohorts.map((cohort) => ({
    name: format.period(cohort.start, grain),
    size: format.number(cohort.size),
    cells: cohort.cells.map(({ index, rate, value, mature }) => ({
      index,
      share: rate,
      mature,
      text: measure === "revenue" ? format.short(value) : rate == null ? MISSING : format.percent(rate, 0),
    })),
  }));
  return (
    <CohortGrid
      label={measure === "revenue" ? t("gridRevenue") : t("grid")}
      corner={t("corner")}
      rows={rows}
      footer={[meanRow(t("simple"), "simple"), meanRow(t("weighted"), "weighted")]}
      columnName={columnName}
      top={strongest(rows)}
    />
  );

  function columnName(index: number): string {
    const column = columns.find((one) => one.index === index);
    if (!column) return String(index);
    return column.first === column.last ? String(column.first) : `${column.first}–${column.last}`;
  }

  function meanRow(name: string, which: "simple" | "weighted"): CohortRow {
    const cells = means.map((mean) => {
      const value = mean[which];
      return { index: mean.index, share: null, mature: true, text: value == null ? MISSING : format.percent(value, 0) };
    });
    return { name, size: "", cells };
  }
}

/** The largest share after the first period, so that the colours tell the later periods apart. */
function strongest(rows: readonly CohortRow[]): number {
  const later = rows.flatMap(({ cells }) => cells.filter(({ index }) => index > 0).map(({ share }) => share ?? 0));
  return Math.max(0.05, ...later);
}
