import { useMemo } from "react";

import { BarChart } from "../../charts/bar-chart";
import { LineChart } from "../../charts/line-chart";
import { useFormat } from "../../lib/use-format";
import { Panel } from "../../ui/panel";
import { type Overview } from "./api";
import { useWords } from "./words";

/** Two pictures of the months: the money, and the people behind it. */
export function MonthCharts({ series }: { series: Overview["series"] }) {
  const t = useWords();
  const format = useFormat();
  const months = useMemo(() => series.map(({ start }) => format.period(start, "month")), [series, format]);
  const revenue = useMemo(() => [{ name: t("revenue"), values: series.map((point) => point.revenue) }], [series, t]);
  const buyers = useMemo(
    () => (["returning", "reactivated", "new"] as const).map((key) => ({ name: t(key), values: series.map((point) => point[key]) })),
    [series, t],
  );
  if (series.length === 0) return null;
  return (
    <div className="halves">
      <Panel title={t("revenue")} hint={t("revenueHint")}>
        <LineChart label={t("revenue")} categories={months} lines={revenue} format={format.money} axisFormat={format.shortMoney} fromZero />
      </Panel>
      <Panel title={t("buyers")} hint={t("buyersHint")}>
        <BarChart label={t("buyers")} categories={months} bars={buyers} format={format.number} axisFormat={format.short} stacked />
      </Panel>
    </div>
  );
}
