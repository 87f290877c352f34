import { useFormat } from "../../lib/use-format";
import { NumberCard } from "../../ui/number-card";
import { type Predictions } from "./api";
import { useWords } from "./words";

/** What the whole customer base is expected to bring. */
export function Totals({ totals }: { totals: Predictions["totals"] }) {
  const t = useWords();
  const { number, shortMoney } = useFormat();
  const value = { meaning: t("valueMeaning"), formula: t("valueFormula") };
  const interval = { low: shortMoney(totals.low), high: shortMoney(totals.high) };
  return (
    <div className="cards">
      <NumberCard
        label={t("orders90")}
        value={number(totals.expected_orders_90)}
        change={null}
        definition={{ label: t("orders90"), meaning: t("orders90Meaning") }}
      />
      <NumberCard label={t("value90")} value={shortMoney(totals.value_90)} change={null} definition={{ label: t("value90"), ...value }} />
      <NumberCard
        label={t("value365")}
        value={shortMoney(totals.value_365)}
        interval={interval}
        change={null}
        definition={{ label: t("value365"), ...value }}
      />
    </div>
  );
}
