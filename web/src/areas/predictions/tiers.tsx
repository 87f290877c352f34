import { FunnelChart } from "../../charts/funnel-chart";
import { useFormat } from "../../lib/use-format";
import { Panel } from "../../ui/panel";
import { type Predictions } from "./api";
import { useWords } from "./words";

/** The few who bring most: expected value by tier. */
export function Tiers({ tiers }: { tiers: Predictions["tiers"] }) {
  const t = useWords();
  const { number, percent, shortMoney } = useFormat();
  const steps = tiers.map(({ tier, customers, value_365, share }) => ({
    name: t("tier", { tier }),
    share,
    text: t("tierText", { customers: number(customers), value: shortMoney(value_365), share: percent(share, 0) }),
  }));
  return (
    <Panel title={t("tiers")} hint={t("tiersHint")}>
      <FunnelChart label={t("tiers")} steps={steps} />
    </Panel>
  );
}
