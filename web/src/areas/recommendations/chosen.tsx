import { useFormat } from "../../lib/use-format";
import { NumberCard } from "../../ui/number-card";
import { type Facts } from "./api";
import { useMethodName } from "./use-method-name";
import { useWords } from "./words";

/** Which way of ranking is in use, since when, and how far the lists reach. */
export function Chosen({ facts: { method, coverage, computed_at: at, horizon_days: horizon, judged } }: { facts: Facts }) {
  const t = useWords();
  const methodName = useMethodName();
  const { number, percent, dateTime } = useFormat();
  const share = coverage.products === 0 ? 0 : coverage.recommended / coverage.products;
  return (
    <div className="cards">
      <NumberCard
        label={t("inUse")}
        value={methodName(method)}
        wordy
        change={null}
        definition={{ label: methodName(method), meaning: t(judged ? "chosenMeaning" : "unjudgedMeaning") }}
        footer={<p className="quiet">{t("fitted", { at: dateTime(at) })}</p>}
      />
      <NumberCard label={t("customers")} value={number(coverage.customers)} change={null} definition={{ label: t("customers"), meaning: t("customersMeaning") }} />
      <NumberCard
        label={t("products")}
        value={percent(share, 0)}
        change={null}
        definition={{ label: t("products"), meaning: t("productsMeaning") }}
        footer={<p className="quiet numbers">{t("productsOf", { recommended: number(coverage.recommended), products: number(coverage.products) })}</p>}
      />
      {horizon !== null && (
        <NumberCard label={t("horizon")} value={t("days", { count: Math.round(horizon) })} change={null} definition={{ label: t("horizon"), meaning: t("horizonMeaning") }} />
      )}
    </div>
  );
}
