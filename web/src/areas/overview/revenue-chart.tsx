import { useMemo } from "react";

import { LineChart } from "../../charts/line-chart";
import { useFormat } from "../../lib/use-format";
import { Panel } from "../../ui/panel";
import { type Overview } from "./api";
import { useWords } from "./words";

/** The money, month by month. */
export function RevenueChart({ series }: { series: Overview["series"] }) {
  const t = useWords();
  const format = useFormat();
  const months = useMemo(() => series.map(({ start }) => format.period(start, "month")), [series, format]);
  const lines = useMemo(() => [{ name: t("revenue"), values: series.map(({ revenue }) => revenue) }], [series, t]);
  if (series.length === 0) return null;
  return (
    <Panel title={t("revenue")} hint={t("revenueHint")}>
      <LineChart label={t("revenue")} categories={months} lines={lines} format={format.money} axisFormat={format.shortMoney} height={260} fromZero />
    </Panel>
  );
}
