import { useMemo } from "react";

import { LineChart } from "../../charts/line-chart";
import { useFormat } from "../../lib/use-format";
import { Notes } from "../../ui/notes";
import { Panel } from "../../ui/panel";
import { type ModelPage } from "./api";
import { useWords } from "./words";

type Exam = NonNullable<ModelPage["exam"]>;

const TWICE = 1.96; // standard errors of a 95 % interval

/** Stated risk against what came to pass, group by group, on the period it had not seen. */
export function Calibration({ test }: { test: Exam }) {
  const t = useWords();
  const { number, fixed, percent } = useFormat();
  const whole = useMemo(() => (value: number) => percent(value, 0), [percent]);
  const stated = useMemo(() => test.calibration.map(({ predicted, n }) => t("statedOf", { share: whole(predicted), n: number(n) })), [test, whole, t, number]);
  const lines = useMemo(() => {
    const error = ({ observed, n }: Exam["calibration"][number]) => TWICE * Math.sqrt((observed * (1 - observed)) / Math.max(n, 1));
    return [
      {
        name: t("came"),
        values: test.calibration.map(({ observed }) => observed),
        low: test.calibration.map((point) => Math.max(0, point.observed - error(point))),
        high: test.calibration.map((point) => Math.min(1, point.observed + error(point))),
      },
      { name: t("stated"), values: test.calibration.map(({ predicted }) => predicted), openFrom: 0, quiet: true },
    ];
  }, [test, t]);
  const slope = test.slope ?? null;
  return (
    <Panel title={t("calibration")} hint={t("calibrationHint", { points: number(test.ece * 100, 1) })}>
      <LineChart label={t("calibration")} categoryName={t("statedRisk")} categories={stated} lines={lines} format={whole} fromZero />
      <Notes
        notes={[
          ...(test.ece_by_chance == null ? [] : [t("eceByChance", { points: number(test.ece_by_chance * 100, 1) })]),
          ...(slope === null ? [] : [t("slopeMeaning", { slope: fixed(slope, 2) })]),
        ]}
      />
    </Panel>
  );
}
