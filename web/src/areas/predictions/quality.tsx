import { FunnelChart } from "../../charts/funnel-chart";
import { useFormat } from "../../lib/use-format";
import { Panel } from "../../ui/panel";
import { type Tested } from "./api";
import styles from "./predictions.module.css";
import { useWords } from "./words";

const COIN = 0.5;

/** How good the model is, in a sentence anyone can check, beside the simplest rival. */
export function Quality({ test }: { test: Tested }) {
  const t = useWords();
  const { number, percent } = useFormat();
  const recency = test.auc_recency;
  const steps = [
    { name: t("thisModel"), share: test.auc },
    ...(recency === null ? [] : [{ name: t("silenceOnly"), share: recency, quiet: true }]),
    { name: t("coin"), share: COIN, quiet: true },
  ].map((step) => ({ ...step, text: number(step.share * 100, 1) }));
  return (
    <Panel title={t("quality")} hint={t("qualityHint", { n: number(test.n), rate: percent(test.base_rate, 0) })}>
      <p className={styles.sentence}>
        {recency === null
          ? t("rankingAlone", { model: number(test.auc * 100) })
          : t("ranking", { model: number(test.auc * 100), recency: number(recency * 100) })}
      </p>
      <FunnelChart label={t("quality")} steps={steps} />
      {recency === null ? null : (
        <p className={styles.verdict}>{test.auc > recency ? t("better") : t("notBetter")}</p>
      )}
    </Panel>
  );
}
