import { type TableColumnsType } from "antd";

import { MISSING } from "../../lib/format";
import { useFormat } from "../../lib/use-format";
import { type Quality } from "./api";
import styles from "./recommendations.module.css";
import { useWords } from "./words";

export interface Judgement {
  name: string;
  quality: Quality;
}

/** Recall, precision and NDCG with their intervals, over the first so many places. */
export function useQualityColumns(places: number): TableColumnsType<Judgement> {
  const t = useWords();
  const { number, fixed, percent } = useFormat();
  const three = (value: number) => fixed(value, 3);
  const share = (value: number) => percent(value, 1);
  const narrow = { align: "right" as const, width: 130, onHeaderCell: () => ({ className: styles.head }) };
  return [
    { key: "recall", title: t("recallAt", { places }), ...narrow, render: (_, { quality: q }) => <Figure value={q.recall} low={q.recall_low} high={q.recall_high} say={share} /> },
    { key: "precision", title: t("precisionAt", { places }), ...narrow, render: (_, { quality: q }) => <Figure value={q.precision} low={q.precision_low} high={q.precision_high} say={share} /> },
    { key: "ndcg", title: t("ndcgAt", { places }), ...narrow, render: (_, { quality: q }) => <Figure value={q.ndcg} low={q.ndcg_low} high={q.ndcg_high} say={three} /> },
    { key: "customers", title: t("judges"), ...narrow, render: (_, { quality: q }) => number(q.customers) },
  ];
}

interface FigureProps {
  value: number | null | undefined;
  low: number | null | undefined;
  high: number | null | undefined;
  say: (value: number) => string;
}

function Figure({ value, low, high, say }: FigureProps) {
  if (value == null) return MISSING;
  return (
    <>
      {say(value)}
      {low != null && high != null && (
        <span className={styles.interval}>
          {say(low)}–{say(high)}
        </span>
      )}
    </>
  );
}
