import { useSay } from "../../i18n/text";
import { MISSING } from "../../lib/format";
import { useFormat } from "../../lib/use-format";
import { Badge } from "../../ui/badge";
import { DataTable } from "../../ui/data-table";
import { type Import, type ImportPreview } from "./api";
import styles from "./imports.module.css";
import { useWords } from "./words";

type Row = ImportPreview["rows"][number];

/** The first rows as they were understood. */
export function PreviewRows({ told, rows }: { told: Import; rows: Row[] }) {
  const t = useWords();
  const say = useSay();
  const { number } = useFormat();
  const names = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))].filter((name) => rows.some(({ values }) => cellText(values[name]) !== null));
  const nameOf = (name: string) => {
    const field = told.fields.find((one) => one.name === name);
    return field ? say(field.label) : name;
  };
  return (
    <DataTable<Row>
      label={t("firstRows")}
      rowKey="row"
      pageSize={10}
      dataSource={rows}
      columns={[
        { key: "row", title: t("row"), align: "right", render: (_, { row }) => number(row) },
        ...names.map((name) => ({
          key: name,
          title: nameOf(name),
          render: (_: unknown, { values }: Row) => <span className={styles.samples}>{cellText(values[name]) ?? MISSING}</span>,
        })),
        { key: "bad", title: <span className="visually-hidden">{t("fate")}</span>, render: (_, { bad }) => bad && <Badge tone="risk">{t("leftOut")}</Badge> },
      ]}
    />
  );
}

function cellText(value: unknown): string | null {
  if (value === null || value === undefined || value === "") return null;
  return typeof value === "string" ? value : JSON.stringify(value);
}
