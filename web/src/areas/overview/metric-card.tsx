import { useSay } from "../../i18n/text";
import { useDefinition } from "../../lib/metric-definitions";
import { useFormat } from "../../lib/use-format";
import { NumberCard } from "../../ui/number-card";
import { type OverviewCard } from "./api";
import { useWords } from "./words";

interface Props {
  card: OverviewCard;
  comparedWith: string;
}

export function MetricCard({ card, comparedWith }: Props) {
  const t = useWords();
  const say = useSay();
  const format = useFormat();
  const definition = useDefinition(card.metric);
  const { value, previous, low, high, unit, better } = card;
  const short = (number: number) => format.shortValue(number, unit);
  const change =
    value != null && previous != null
      ? { moved: value - previous, better, text: format.change(value, previous, unit), comparedWith: t("against", { what: comparedWith }) }
      : undefined;
  return (
    <NumberCard
      label={say(card.label)}
      value={format.shortValue(value, unit)}
      interval={low != null && high != null ? { low: short(low), high: short(high) } : undefined}
      change={change}
      definition={definition && { ...definition, churn: card.churn ? say(card.churn) : undefined }}
    />
  );
}
