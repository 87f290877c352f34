import { useSay } from "../../i18n/text";
import { MISSING } from "../../lib/format";
import { useFormat } from "../../lib/use-format";
import { Badge } from "../../ui/badge";
import { DataTable } from "../../ui/data-table";
import { type Import, type ImportPreview } from "./api";
import { cellText } from "./cell-text";
import styles from "./imports.module.css";
import { useWords } from "./words";

type Row = ImportPreview["rows"][number];

/** The first rows as they were understood. */
export function PreviewRows({ told, rows }: { told: Import; rows: Row[] }) {
  const t = useWords();
  const say = useSay();
  const format = useFormat();
  const names = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))].filter((name) => rows.some(({ values }) => cellText(values[name], undefined, format) !== null));
  const fields = new Map(told.fields.map((field) => [field.name, field]));
  return (
    <DataTable<Row>
      label={t("firstRows")}
      rowKey="row"
      pageSize={10}
      dataSource={rows}
      columns={[
        { key: "row", title: t("row"), align: "right", render: (_, { row }) => format.number(row) },
        ...names.map((name) => {
          const field = fields.get(name);
          return {
            key: name,
            title: field ? say(field.label) : name,
            render: (_: unknown, { values }: Row) => <span className={styles.samples}>{cellText(values[name], field?.type, format) ?? MISSING}</span>,
          };
        }),
        { key: "bad", title: <span className="visually-hidden">{t("fate")}</span>, render: (_, { bad }) => bad && <Badge tone="risk">{t("leftOut")}</Badge> },
      ]}
    />
  );
}
