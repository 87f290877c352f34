import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { BarChart } from "../../charts/bar-chart";
import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { Loaded } from "../../ui/loaded";
import { Notes } from "../../ui/notes";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { type Lifecycle, lifecycleQuery } from "./api";
import { useWords } from "./words";

const MONTHS = 24;
const ABOVE = ["returning", "reactivated", "new"] as const;
const BELOW = ["dormant", "lost"] as const;

/** New, returning, back again, silent, gone: month by month. */
export function LifecyclePanel() {
  const t = useWords();
  const say = useSay();
  const query = useQuery(lifecycleQuery);
  return (
    <Panel title={t("lifecycle")} hint={t("lifecycleHint")}>
      <Loaded query={query} skeleton={<Placeholder height={460} />}>
        {({ rows, churn }) => (
          <>
            <Bars rows={rows} />
            <Notes notes={[say(churn)]} />
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function Bars({ rows }: { rows: Lifecycle["rows"] }) {
  const t = useWords();
  const format = useFormat();
  const shown = useMemo(() => rows.slice(-MONTHS), [rows]);
  const months = useMemo(() => shown.map(({ start }) => format.period(start, "month")), [shown, format]);
  const bars = useMemo(
    () => [
      ...ABOVE.map((key) => ({ name: t(`life_${key}`), values: shown.map((row) => row[key]) })),
      ...BELOW.map((key) => ({ name: t(`life_${key}`), values: shown.map((row) => -row[key]), tone: key === "lost" ? ("risk" as const) : ("quiet" as const) })),
    ],
    [shown, t],
  );
  const size = useMemo(() => (value: number) => format.short(Math.abs(value)), [format]);
  return <BarChart label={t("lifecycle")} categories={months} bars={bars} format={size} height={420} stacked />;
}
