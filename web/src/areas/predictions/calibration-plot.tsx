import { useMemo } from "react";

import { LineChart } from "../../charts/line-chart";
import { useFormat } from "../../lib/use-format";
import { Panel } from "../../ui/panel";
import { type Tested } from "./api";
import { useWords } from "./words";

/** Stated risk against what came to pass, group by group. */
export function CalibrationPlot({ test }: { test: Tested }) {
  const t = useWords();
  const { number, percent } = useFormat();
  const whole = useMemo(() => (value: number) => percent(value, 0), [percent]);
  const predicted = useMemo(() => test.calibration.map((point) => whole(point.predicted)), [test, whole]);
  const lines = useMemo(
    () => [
      { name: t("observed"), values: test.calibration.map((point) => point.observed) },
      { name: t("perfect"), values: test.calibration.map((point) => point.predicted), openFrom: 0, quiet: true },
    ],
    [test, t],
  );
  return (
    <Panel title={t("calibration")} hint={t("calibrationHint", { points: number(test.ece * 100, 1) })}>
      <LineChart label={t("calibration")} categoryName={t("predicted")} categories={predicted} lines={lines} format={whole} fromZero />
    </Panel>
  );
}
