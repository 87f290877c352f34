import { useMemo } from "react";

import { BarChart } from "../../charts/bar-chart";
import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { Panel } from "../../ui/panel";
import { type ModelPage } from "./api";
import { useWords } from "./words";

const MOST = 12;

/** The stories that set customers apart, and which way more of them points. */
export function Drivers({ drivers }: { drivers: ModelPage["drivers"] }) {
  const t = useWords();
  const say = useSay();
  const { number } = useFormat();
  const shown = useMemo(() => drivers.slice(0, MOST), [drivers]);
  const names = useMemo(() => shown.map(({ label, direction }) => `${say(label)} ${t(`direction_${direction}`)}`), [shown, say, t]);
  const bars = useMemo(() => [{ name: t("strength"), values: shown.map(({ importance }) => importance) }], [shown, t]);
  const two = useMemo(() => (value: number) => number(value, 2), [number]);
  return (
    <Panel title={t("drivers")} hint={t("driversHint")}>
      <BarChart label={t("drivers")} categories={names} bars={bars} format={two} height={60 + shown.length * 30} sideways />
    </Panel>
  );
}
