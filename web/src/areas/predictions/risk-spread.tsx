import { useMemo } from "react";

import { DistributionChart } from "../../charts/distribution-chart";
import { LEVEL_FROM } from "../../lib/risk";
import { useFormat } from "../../lib/use-format";
import { Panel } from "../../ui/panel";
import { type Earlier, type Predictions } from "./api";
import { useWords } from "./words";

/** How many customers stand at which risk, and how many did at the scoring before. */
export function RiskSpread({ histogram, previous }: { histogram: Predictions["risk_histogram"]; previous: Earlier | null }) {
  const t = useWords();
  const { number, percent, date } = useFormat();
  const bins = useMemo(() => histogram.map(({ low, high, customers }) => ({ low, high, count: customers })), [histogram]);
  const before = useMemo(
    () => previous && { name: t("customersOn", { date: date(previous.as_of) }), counts: previous.risk_histogram.map(({ customers }) => customers) },
    [previous, t, date],
  );
  const edge = useMemo(() => (value: number) => percent(value, 0), [percent]);
  return (
    <Panel title={t("risk")} hint={t(previous ? "riskHintBefore" : "riskHint")}>
      <DistributionChart
        label={t("risk")}
        name={t("customers")}
        bins={bins}
        before={before ?? undefined}
        riskFrom={LEVEL_FROM.high}
        axisName={t("riskOfLeaving")}
        formatEdge={edge}
        formatCount={number}
      />
    </Panel>
  );
}
