import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { FunnelChart } from "../../charts/funnel-chart";
import { LineChart } from "../../charts/line-chart";
import { useFormat } from "../../lib/use-format";
import { Loaded } from "../../ui/loaded";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { type SecondOrder, secondOrderQuery } from "./api";
import { evenly, upTo } from "./survival";
import { useWords } from "./words";

const MILESTONES = [365, 90, 30];

/** How long the second order takes, and whether it comes. */
export function SecondOrderPanel() {
  const t = useWords();
  const { number } = useFormat();
  const query = useQuery(secondOrderQuery);
  return (
    <Panel title={t("second")} hint={query.data && t("secondHint", { n: number(query.data.n) })}>
      <Loaded query={query} skeleton={<Placeholder height={460} />}>
        {(answer) => <Curve answer={answer} />}
      </Loaded>
    </Panel>
  );
}

function Curve({ answer }: { answer: SecondOrder }) {
  const t = useWords();
  const { number, percent } = useFormat();
  const whole = useMemo(() => (value: number) => percent(value, 0), [percent]);
  const points = useMemo(() => evenly(answer.points), [answer]);
  const days = useMemo(() => points.map(({ day }) => number(day)), [points, number]);
  const lines = useMemo(
    () => [
      {
        name: t("ordered"),
        values: points.map(({ probability }) => probability),
        low: points.map(({ low }) => low),
        high: points.map(({ high }) => high),
      },
    ],
    [points, t],
  );
  const milestones = MILESTONES.map((within) => {
    const share = upTo(answer.points, within);
    return { name: t("within", { days: within }), share, text: percent(share, 0) };
  });
  return (
    <>
      <LineChart label={t("second")} categoryName={t("day")} categories={days} lines={lines} format={whole} height={280} fromZero />
      <FunnelChart label={t("second")} steps={[{ name: t("first"), share: 1, quiet: true, text: percent(1, 0) }, ...milestones]} />
    </>
  );
}
