import { useQuery } from "@tanstack/react-query";
import { type ComponentProps } from "react";

import { useSay } from "../../i18n/text";
import { type MetricDefinition, sayDefinition } from "../../lib/metric-definitions";
import { useFormat } from "../../lib/use-format";
import { DefinitionList } from "../../ui/definition-popover";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { Notes } from "../../ui/notes";
import { NumberCard } from "../../ui/number-card";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { type MetricRow, type MetricValues, valuesQuery } from "./api";
import styles from "./metrics.module.css";
import { SHOWN, segmentsOf } from "./segments";
import { TrendChart } from "./trend-chart";
import { ValuesTable } from "./values-table";
import { useWords } from "./words";

interface Props {
  metric: MetricDefinition;
  question: Omit<Parameters<typeof valuesQuery>[0], "name">;
}

/** One metric over time: picture, latest value, definition, and every value in a table. */
export function Explorer({ metric, question }: Props) {
  const t = useWords();
  const say = useSay();
  const query = useQuery(valuesQuery({ ...question, name: metric.name }));
  const definition = sayDefinition(query.data?.metric ?? metric, say);
  return (
    <div className="stack">
      <div className={styles.split}>
        <Panel title={definition.label}>
          <Loaded query={query} skeleton={<Placeholder height={350} />}>
            {(answer) => <Picture answer={answer} grain={question.grain} label={definition.label} />}
          </Loaded>
        </Panel>
        <div className="stack">
          {!question.by && <Latest metric={metric} rows={query.data?.rows ?? []} />}
          <Panel title={t("definition")}>
            <DefinitionList definition={definition} />
          </Panel>
        </div>
      </div>
      <Panel title={t("table")} flush>
        <Loaded query={query}>{(answer) => <ValuesTable answer={answer} grain={question.grain} />}</Loaded>
      </Panel>
    </div>
  );
}

interface PictureProps {
  answer: MetricValues;
  grain: ComponentProps<typeof TrendChart>["grain"];
  label: string;
}

function Picture({ answer, grain, label }: PictureProps) {
  const t = useWords();
  const say = useSay();
  if (answer.rows.length === 0) return <EmptyState title={t("empty")}>{t("emptyDetail")}</EmptyState>;
  const crowded = segmentsOf(answer.rows).length > SHOWN ? [t("hidden", { count: SHOWN })] : [];
  return (
    <>
      <TrendChart answer={answer} grain={grain} label={label} />
      <Notes notes={[...crowded, ...answer.notes.map(say)]} />
    </>
  );
}

function Latest({ metric, rows }: { metric: MetricDefinition; rows: MetricRow[] }) {
  const t = useWords();
  const say = useSay();
  const format = useFormat();
  const row = rows.findLast(({ mature, value }) => mature && value != null);
  if (!row) return <Placeholder height={140} />;
  const short = (value: number) => format.shortValue(value, metric.unit);
  const { value, previous, low, high } = row;
  return (
    <NumberCard
      label={t("latest")}
      value={format.shortValue(value, metric.unit)}
      interval={low != null && high != null ? { low: short(low), high: short(high) } : undefined}
      change={
        value != null && previous != null
          ? { moved: value - previous, better: metric.better, text: format.change(value, previous, metric.unit), comparedWith: t("before") }
          : undefined
      }
      definition={sayDefinition(metric, say)}
    />
  );
}
