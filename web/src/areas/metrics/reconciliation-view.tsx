import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";

import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { NumberCard } from "../../ui/number-card";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { type Reach, type ReconciliationRow, reconciliationQuery } from "./api";
import styles from "./metrics.module.css";
import { ReconciliationPicture } from "./reconciliation-picture";
import { ReconciliationTable } from "./reconciliation-table";
import { useSegmentName } from "./use-segment-name";
import { useWords } from "./words";

/** The retention rate with everything that explains it. */
export function ReconciliationView({ question }: { question: Reach }) {
  const t = useWords();
  const say = useSay();
  const query = useQuery(reconciliationQuery(question));
  return (
    <Loaded query={query} skeleton={<Placeholder height={620} />}>
      {({ rows, churn }) =>
        rows.length === 0 ? <EmptyState title={t("empty")}>{t("emptyDetail")}</EmptyState> : <Filled rows={rows} churn={say(churn)} question={question} />
      }
    </Loaded>
  );
}

interface FilledProps {
  rows: ReconciliationRow[];
  /** When a customer counts as lost. */
  churn: string;
  question: Reach;
}

function Filled({ rows, churn, question }: FilledProps) {
  const t = useWords();
  const format = useFormat();
  const nameOf = useSegmentName();
  const [chosen, choose] = useState<number | null>(null);
  const at = chosen !== null && chosen < rows.length ? chosen : latest(rows);
  const row = rows[at];
  if (!row) return null;
  const nameOfRow = ({ start, segment }: ReconciliationRow) =>
    segment == null ? format.period(start, question.grain) : `${format.period(start, question.grain)} · ${nameOf(segment)}`;
  const choice = (
    <Select
      aria-label={t("chosen")}
      style={{ minWidth: 150 }}
      value={at}
      options={rows.map((one, value) => ({ value, label: nameOfRow(one) })).reverse()}
      onChange={choose}
    />
  );
  return (
    <div className="stack">
      <div className={styles.split}>
        <Panel title={t("reconciliation")} hint={t("pictureHint", { start: format.date(row.start), end: format.date(lastDay(row.end)) })} extra={choice}>
          <ReconciliationPicture row={row} />
        </Panel>
        <Rates row={row} churn={churn} />
      </div>
      <Panel title={t("reconciliationTable")} flush>
        <ReconciliationTable rows={rows} grain={question.grain} />
      </Panel>
    </div>
  );
}

/** Windows end before their end; people name the last day that is in. */
function lastDay(end: string): string {
  return new Date(Date.parse(`${end}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** The last period that is over; an unfinished one would count everybody silent as lost. */
function latest(rows: readonly ReconciliationRow[]): number {
  const over = rows.findLastIndex(({ mature }) => mature);
  return over < 0 ? rows.length - 1 : over;
}

function Rates({ row, churn }: { row: ReconciliationRow; churn: string }) {
  const t = useWords();
  const format = useFormat();
  const { low, high } = row;
  return (
    <div className="stack">
      <NumberCard
        label={t("headline")}
        value={format.value(row.retained_rate, "percent")}
        interval={low != null && high != null ? { low: format.percent(low), high: format.percent(high) } : undefined}
        change={null}
        definition={{ label: t("headline"), meaning: t("headlineMeaning"), formula: "R / S", churn }}
      />
      <Panel>
        <p>
          {t("formulaRate")}: <b className="numbers">{format.value(row.formula_rate, "percent")}</b>
        </p>
        <p className="quiet">{t("formulaMeaning", { count: format.number(row.X) })}</p>
        <p className="quiet">{churn}</p>
      </Panel>
    </div>
  );
}
