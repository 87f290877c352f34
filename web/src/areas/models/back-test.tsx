import { useMemo } from "react";

import { LineChart } from "../../charts/line-chart";
import { useFormat } from "../../lib/use-format";
import { Panel } from "../../ui/panel";
import { type ModelPage } from "./api";
import styles from "./models.module.css";
import { useWords } from "./words";

interface Props {
  points: ModelPage["back_test"];
  judgements: ModelPage["judgements"];
  next: string | null;
}

const TWICE = 1.96; // standard errors of a 95 % interval

/** How the same way of teaching would have done before, and how the model in use has done since. */
export function BackTest({ points, judgements, next }: Props) {
  const t = useWords();
  const { number, fixed, date } = useFormat();
  const three = useMemo(() => (value: number) => fixed(value, 3), [fixed]);
  const days = useMemo(() => points.map(({ at }) => date(at)), [points, date]);
  const ranking = useMemo(
    () => [
      {
        name: t("thisWay"),
        values: points.map(({ auc }) => auc),
        low: points.map(({ auc, auc_error }) => (auc_error === null ? null : auc - TWICE * auc_error)),
        high: points.map(({ auc, auc_error }) => (auc_error === null ? null : auc + TWICE * auc_error)),
      },
      { name: t("silenceAlone"), values: points.map(({ auc_recency }) => auc_recency), openFrom: 0, quiet: true },
    ],
    [points, t],
  );
  const loss = useMemo(
    () => [
      { name: t("thisWay"), values: points.map(({ log_loss }) => log_loss) },
      { name: t("silenceAlone"), values: points.map(({ log_loss_recency }) => log_loss_recency), openFrom: 0, quiet: true },
    ],
    [points, t],
  );
  return (
    <Panel title={t("backTest")} hint={t("backTestHint")}>
      <div className="halves">
        <LineChart label={t("auc")} categories={days} lines={ranking} format={three} categoryName={t("auc")} height={260} />
        <LineChart label={t("logLoss")} categories={days} lines={loss} format={three} categoryName={t("logLoss")} height={260} />
      </div>
      <ul className={styles.judgements}>
        {judgements.map((one) => (
          <li key={one.at} className={one.worse_than_expected ? styles.missed : undefined}>
            {t(one.worse_than_expected ? "judgedWorse" : "judgedAsExpected", { date: date(one.at), n: number(one.n), auc: three(one.auc), loss: three(one.log_loss) })}
          </li>
        ))}
      </ul>
      {next && <p className="quiet">{t("nextJudgement", { date: date(next) })}</p>}
    </Panel>
  );
}
