import { Link } from "@tanstack/react-router";
import { useMemo } from "react";

import { LineChart } from "../../charts/line-chart";
import { useSay } from "../../i18n/text";
import { modelPath } from "../../lib/paths";
import { useMay } from "../../lib/session";
import { useFormat } from "../../lib/use-format";
import { type Risk } from "./api";
import styles from "./risk-story.module.css";
import { useWords } from "./words";

const FEWEST = 2; // points that make a line

/** The risk at every scoring, and which version of which model said so. */
export function RiskCourse({ history }: { history: Risk["history"] }) {
  const t = useWords();
  const { date, percent } = useFormat();
  const whole = useMemo(() => (value: number) => percent(value, 0), [percent]);
  const days = useMemo(() => history.map(({ as_of }) => date(as_of)), [history, date]);
  const lines = useMemo(
    () => [{ name: t("risk"), values: history.map(({ risk }) => risk), low: history.map(({ low }) => low), high: history.map(({ high }) => high) }],
    [history, t],
  );
  return (
    <div>
      <h3 className={styles.title}>{t("course")}</h3>
      {history.length < FEWEST ? (
        <p className="quiet">{t("courseOfOne", { date: days[0] ?? "" })}</p>
      ) : (
        <LineChart label={t("course")} categories={days} lines={lines} format={whole} height={190} fromZero />
      )}
      <Versions history={history} />
    </div>
  );
}

/** Each version with the first day it spoke, the newest first. */
function Versions({ history }: { history: Risk["history"] }) {
  const t = useWords();
  const say = useSay();
  const { date } = useFormat();
  const may = useMay("predictions.read");
  const first = history.filter(({ version }, at) => at === 0 || history[at - 1]?.version !== version);
  return (
    <ul className={styles.versions} aria-label={t("scoredBy")}>
      {first.toReversed().map(({ as_of, model, version, model_label: label }) => (
        <li key={as_of}>
          {t("sinceDay", { date: date(as_of) })}{" "}
          {may && model !== version ? <Link to={modelPath(version)}>{t("modelNamed", { model: say(label), version })}</Link> : model === version ? say(label) : t("modelNamed", { model: say(label), version })}
        </li>
      ))}
    </ul>
  );
}
