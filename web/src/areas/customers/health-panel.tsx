import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { LineChart } from "../../charts/line-chart";
import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { Change } from "../../ui/change";
import { Loaded } from "../../ui/loaded";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { type Health, healthQuery } from "./api";
import styles from "./customer-page.module.css";
import { useWords } from "./words";

const FEWEST = 2; // points that make a line
const SMALLEST = 0.05; // of a point: less is not worth a line of its own

/** The chance of staying as points out of a hundred: its course, and what moved it since the refresh before. */
export function HealthPanel({ id }: { id: string }) {
  const t = useWords();
  const query = useQuery(healthQuery(id));
  return (
    <Panel title={t("health")} hint={t("healthHint")}>
      <Loaded query={query} skeleton={<Placeholder height={120} />}>
        {(health) => (health.current ? <Course health={health} /> : <p className="quiet">{t("notScored")}</p>)}
      </Loaded>
    </Panel>
  );
}

function Course({ health }: { health: Health }) {
  const t = useWords();
  const { number, date } = useFormat();
  const { current, history, change } = health;
  const whole = useMemo(() => (value: number) => number(value), [number]);
  const days = useMemo(() => history.map(({ as_of }) => date(as_of)), [history, date]);
  const lines = useMemo(
    () => [{ name: t("health"), values: history.map((point) => point.health), low: history.map((point) => point.low), high: history.map((point) => point.high) }],
    [history, t],
  );
  return (
    <div className="stack">
      <p className={styles.health}>
        <span className={`${styles.big} numbers`}>{current && whole(current.health)}</span>
        {change && <Change moved={change.change} better="up" text={number(change.change, 1)} />}
        {current?.points != null && <span className={styles.interval}>{t("points", { points: whole(current.points) })}</span>}
      </p>
      {history.length >= FEWEST && <LineChart label={t("health")} categories={days} lines={lines} format={whole} height={170} fromZero />}
      {change && <Moved change={change} />}
    </div>
  );
}

/** The parts add up to the change; they say what goes with it, not what caused it. */
function Moved({ change }: { change: NonNullable<Health["change"]> }) {
  const t = useWords();
  const say = useSay();
  const { number, date } = useFormat();
  const parts = change.parts.filter(({ points }) => Math.abs(points) >= SMALLEST);
  if (parts.length === 0) return null;
  return (
    <div>
      <p className={styles.heading}>{t("movedSince", { date: date(change.since) })}</p>
      <ul className={styles.moved}>
        {parts.map(({ factor, label, points }) => (
          <li key={factor}>
            <span>{say(label)}</span>
            <Change moved={points} better="up" text={number(points, 1)} />
          </li>
        ))}
      </ul>
      {change.model_changed && <p className={styles.interval}>{t("modelChanged")}</p>}
    </div>
  );
}
