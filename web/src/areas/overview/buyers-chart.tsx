import { useMemo } from "react";

import { BarChart } from "../../charts/bar-chart";
import { useFormat } from "../../lib/use-format";
import { Panel } from "../../ui/panel";
import { type Overview } from "./api";
import { useWords } from "./words";

const KINDS = ["returning", "reactivated", "new"] as const;

/** The people behind the money: who came back and who is new. */
export function BuyersChart({ series }: { series: Overview["series"] }) {
  const t = useWords();
  const format = useFormat();
  const months = useMemo(() => series.map(({ start }) => format.period(start, "month")), [series, format]);
  const bars = useMemo(() => KINDS.map((key) => ({ name: t(key), values: series.map((point) => point[key]) })), [series, t]);
  if (series.length === 0) return null;
  return (
    <Panel title={t("buyers")} hint={t("buyersHint")}>
      <BarChart label={t("buyers")} categories={months} bars={bars} format={format.number} axisFormat={format.short} height={250} stacked />
    </Panel>
  );
}
