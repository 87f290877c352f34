import { useMemo } from "react";

import { BarChart } from "../../charts/bar-chart";
import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { Panel } from "../../ui/panel";
import { type Predictions } from "./api";
import { useWords } from "./words";

const MOST = 12;

/** The facts that move the prediction most. */
export function Factors({ factors }: { factors: Predictions["factors"] }) {
  const t = useWords();
  const say = useSay();
  const { number } = useFormat();
  const shown = useMemo(() => [...factors].sort((a, b) => b.importance - a.importance).slice(0, MOST), [factors]);
  const names = shown.map(({ label }) => say(label));
  const bars = useMemo(() => [{ name: t("importance"), values: shown.map(({ importance }) => importance) }], [shown, t]);
  const twoDigits = useMemo(() => (value: number) => number(value, 2), [number]);
  return (
    <Panel title={t("factors")} hint={t("factorsHint")}>
      <BarChart label={t("factors")} categories={names} bars={bars} format={twoDigits} height={60 + shown.length * 34} sideways />
    </Panel>
  );
}
