import { LEVEL_FROM } from "../../lib/risk";
import { useFormat } from "../../lib/use-format";
import { NumberCard } from "../../ui/number-card";
import { type Earlier, type Predictions } from "./api";
import { useWords } from "./words";

type Histogram = Predictions["risk_histogram"];

/** What the whole customer base is expected to bring, and how many are in danger; beside the scoring before. */
export function Totals({ predictions: { totals, risk_histogram: histogram, previous } }: { predictions: Predictions }) {
  const t = useWords();
  const { number, percent, shortMoney } = useFormat();
  const since = useSince(previous);
  const value = { meaning: t("valueMeaning"), formula: t("valueFormula") };
  const interval = { low: shortMoney(totals.low), high: shortMoney(totals.high) };
  const danger = inDanger(histogram);
  const scored = histogram.reduce((sum, { customers }) => sum + customers, 0);
  return (
    <div className="cards">
      <NumberCard
        label={t("inDanger")}
        value={number(danger)}
        change={since(danger, previous && inDanger(previous.risk_histogram), "down", "count")}
        definition={{ label: t("inDanger"), meaning: t("inDangerMeaning") }}
        footer={scored > 0 && <p className="quiet numbers">{t("ofScored", { share: percent(danger / scored, 0), count: number(scored) })}</p>}
      />
      <NumberCard
        label={t("orders90")}
        value={number(totals.expected_orders_90)}
        change={since(totals.expected_orders_90, previous?.totals.expected_orders_90, "up", "count")}
        definition={{ label: t("orders90"), meaning: t("orders90Meaning") }}
      />
      <NumberCard
        label={t("value90")}
        value={shortMoney(totals.value_90)}
        change={since(totals.value_90, previous?.totals.value_90, "up", "money")}
        definition={{ label: t("value90"), ...value }}
      />
      <NumberCard
        label={t("value365")}
        value={shortMoney(totals.value_365)}
        interval={interval}
        change={since(totals.value_365, previous?.totals.value_365, "up", "money")}
        definition={{ label: t("value365"), ...value }}
      />
    </div>
  );
}

function inDanger(histogram: Histogram): number {
  return histogram.filter(({ low }) => low >= LEVEL_FROM.high - 1e-6).reduce((sum, { customers }) => sum + customers, 0);
}

/** How a number moved since the scoring before; nothing where there was none. */
function useSince(previous: Earlier | null) {
  const t = useWords();
  const { change, date } = useFormat();
  return (now: number, before: number | null | undefined, better: "up" | "down", unit: "count" | "money") => {
    if (!previous) return null;
    if (before == null) return undefined;
    return { moved: now - before, better, text: change(now, before, unit), comparedWith: t("since", { date: date(previous.as_of) }) };
  };
}
