import { useMemo } from "react";

import { LineChart } from "../../charts/line-chart";
import { useFormat } from "../../lib/use-format";
import { Notes } from "../../ui/notes";
import { Panel } from "../../ui/panel";
import { type ModelPage } from "./api";
import { useWords } from "./words";

const SHOWN = [0.05, 0.1, 0.2, 0.5]; // of all customers: what few, some and many calls find
const CLOSE = 1e-6;

/** Calling the riskiest so many finds so many of all leavers: what the order is worth to whoever has little time. */
export function Gain({ test }: { test: NonNullable<ModelPage["exam"]> }) {
  const t = useWords();
  const { fixed, percent } = useFormat();
  const share = useMemo(() => (value: number) => percent(value, 0), [percent]);
  const curve = test.gain_curve;
  const categories = useMemo(() => curve.map((point) => share(point.share)), [curve, share]);
  const lines = useMemo(
    () => [
      { name: t("found"), values: curve.map((point) => point.found) },
      { name: t("byChance"), values: curve.map((point) => point.share), openFrom: 0, quiet: true },
    ],
    [curve, t],
  );
  const hint = test.lift_top_decile == null ? undefined : t("gainHint", { lift: fixed(test.lift_top_decile, 1) });
  return (
    <Panel title={t("gain")} hint={hint}>
      {categories.length > 0 && <LineChart label={t("gain")} categoryName={t("called")} categories={categories} lines={lines} format={share} fromZero most={1} />}
      <Notes notes={curve.filter((point) => SHOWN.some((shown) => Math.abs(point.share - shown) < CLOSE)).map((point) => t("gainAt", { share: share(point.share), found: share(point.found), lift: fixed(point.lift, 1) }))} />
    </Panel>
  );
}
