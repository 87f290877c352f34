import { Select } from "antd";

import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { DataTable } from "../../ui/data-table";
import { Meter } from "../../ui/meter";
import { Panel } from "../../ui/panel";
import { type Import } from "./api";
import styles from "./imports.module.css";
import { assign, type Choice, KEPT } from "./request";
import { useWords } from "./words";

const UNUSED = "";

interface Props {
  told: Import;
  fields: Choice["fields"];
  onChange: (fields: Choice["fields"]) => void;
}

interface Line {
  column: string;
  samples: string[];
  guess: Import["mapping"][number] | undefined;
}

/** What each column means; every guess says why and can be changed. */
export function MappingTable({ told, fields, onChange }: Props) {
  const t = useWords();
  const say = useSay();
  const { percent } = useFormat();
  const lines: Line[] = told.columns.map(({ name, samples }) => ({ column: name, samples, guess: told.mapping.find(({ column }) => column === name) }));
  const keeps = told.mapping.some(({ field }) => field === KEPT) || told.kind === "customers" || told.kind === "events";
  const options = [
    { value: UNUSED, label: t("unused") },
    ...(keeps ? [{ value: KEPT, label: t("kept") }] : []),
    ...told.fields.map(({ name, label, required }) => ({ value: name, label: required ? t("required", { field: say(label) }) : say(label) })),
  ];
  const sureness = ({ column, guess }: Line) => {
    if (!guess || guess.field !== (fields[column] ?? null)) return <span className="quiet">{t("byYou")}</span>;
    return guess.field === null || guess.field === KEPT ? null : <Meter share={guess.confidence} text={percent(guess.confidence, 0)} />;
  };
  return (
    <Panel title={t("mapping")} hint={keeps ? t("mappingHintKept") : t("mappingHint")} flush>
      <DataTable<Line>
        label={t("mapping")}
        rowKey="column"
        dataSource={lines}
        columns={[
          {
            key: "column",
            title: t("column"),
            render: (_, { column, samples }) => (
              <span className={styles.column}>
                <b>{column}</b>
                <span className={styles.samples}>{samples.slice(0, 3).join(" · ")}</span>
              </span>
            ),
          },
          {
            key: "field",
            title: t("meaning"),
            render: (_, { column }) => (
              <Select
                aria-label={t("meaningOf", { column })}
                style={{ width: 230 }}
                showSearch={{ optionFilterProp: "label" }}
                value={fields[column] ?? UNUSED}
                options={options}
                onChange={(field) => onChange(assign(fields, column, field === UNUSED ? null : field))}
              />
            ),
          },
          { key: "confidence", title: t("confidence"), render: (_, line) => sureness(line) },
          { key: "why", title: t("why"), render: (_, { column, guess }) => <span className={styles.why}>{guess && guess.field === (fields[column] ?? null) ? say(guess.why) : null}</span> },
        ]}
      />
    </Panel>
  );
}
