import { useMemo } from "react";

import { DistributionChart } from "../../charts/distribution-chart";
import { useFormat } from "../../lib/use-format";
import { Panel } from "../../ui/panel";
import { type Predictions } from "./api";
import { useWords } from "./words";

const RISKY = 0.5;

export function RiskSpread({ histogram }: { histogram: Predictions["risk_histogram"] }) {
  const t = useWords();
  const { number, percent } = useFormat();
  const bins = useMemo(() => histogram.map(({ low, high, customers }) => ({ low, high, count: customers })), [histogram]);
  const edge = useMemo(() => (value: number) => percent(value, 0), [percent]);
  return (
    <Panel title={t("risk")} hint={t("riskHint")}>
      <DistributionChart label={t("risk")} name={t("customers")} bins={bins} riskFrom={RISKY} formatEdge={edge} formatCount={number} />
    </Panel>
  );
}
