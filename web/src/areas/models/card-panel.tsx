import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { type Fact, Facts } from "../../ui/facts";
import { Notes } from "../../ui/notes";
import { Panel } from "../../ui/panel";
import { type ModelPage } from "./api";
import { useWords } from "./words";

/** What it was taught with, what leaving meant then, and where its answers end. */
export function CardPanel({ model: { card, as_of, snapshot } }: { model: ModelPage }) {
  const t = useWords();
  const say = useSay();
  const { number, percent, date } = useFormat();
  const facts: Fact[] = [
    { name: t("asOf"), value: date(as_of) },
    ...(card.churn ? [{ name: t("leaving"), value: t(card.churn.kind === "subscriptions" ? "leavingContract" : "leavingSilence", { days: card.churn.window_days }) }] : []),
    ...(card.rows == null ? [] : [{ name: t("lessons"), value: t("lessonsText", { rows: number(card.rows), instants: card.lessons.length }) }]),
    ...(card.base_rate == null ? [] : [{ name: t("baseRate"), value: percent(card.base_rate, 1) }]),
    ...(card.exam ? [{ name: t("exam"), value: date(card.exam) }] : []),
    { name: t("features"), value: number(card.features.length) },
    { name: t("snapshot"), value: String(snapshot) },
  ];
  return (
    <Panel title={t("card")} hint={t("cardHint")}>
      <Facts facts={facts} />
      <Notes notes={card.limits.map(say)} />
    </Panel>
  );
}
