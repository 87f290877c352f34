import { useMemo } from "react";

import { BarChart } from "../../charts/bar-chart";
import { LineChart } from "../../charts/line-chart";
import { useFormat } from "../../lib/use-format";
import { Panel } from "../../ui/panel";
import { type Health } from "./api";
import { useWords } from "./words";

/** The health score beside the usual weighted points, on the same customers: which one told who would leave? */
export function HealthPanel({ health }: { health: Health }) {
  const t = useWords();
  return (
    <div className="halves">
      <Panel title={t("health")} hint={t("healthHint")}>
        <Spread bins={health.bins} />
      </Panel>
      <Panel title={t("comparison")} hint={health.comparison ? <Verdict comparison={health.comparison} /> : t("noComparison")}>
        {health.comparison && <Bands comparison={health.comparison} />}
      </Panel>
    </div>
  );
}

function Spread({ bins }: { bins: Health["bins"] }) {
  const t = useWords();
  const { number } = useFormat();
  const names = useMemo(() => bins.map(({ low, high }) => `${number(low)}–${number(high)}`), [bins, number]);
  const bars = useMemo(
    () => [
      { name: t("healthScore"), values: bins.map((bin) => bin.health) },
      { name: t("pointsScore"), values: bins.map((bin) => bin.points) },
    ],
    [bins, t],
  );
  return <BarChart label={t("health")} categories={names} bars={bars} format={number} />;
}

type Comparison = NonNullable<Health["comparison"]>;

function Verdict({ comparison: { health, points, customers, as_of } }: { comparison: Comparison }) {
  const t = useWords();
  const { number, date } = useFormat();
  return <>{t("verdict", { health: number(health.auc, 3), points: number(points.auc, 3), customers: number(customers), date: date(as_of) })}</>;
}

/** From the worst tenth to the best: the share that left. A useful score falls steeply. */
function Bands({ comparison: { health, points } }: { comparison: Comparison }) {
  const t = useWords();
  const { percent } = useFormat();
  const places = useMemo(() => health.bands.map((_, place) => String(place + 1)), [health]);
  const lines = useMemo(
    () => [
      { name: t("healthScore"), values: health.bands.map(({ left }) => left) },
      { name: t("pointsScore"), values: points.bands.map(({ left }) => left), openFrom: 0, quiet: true },
    ],
    [health, points, t],
  );
  const share = useMemo(() => (value: number) => percent(value, 0), [percent]);
  return <LineChart label={t("comparison")} categoryName={t("band")} categories={places} lines={lines} format={share} fromZero />;
}
