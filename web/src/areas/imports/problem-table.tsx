import { useSay } from "../../i18n/text";
import { MISSING } from "../../lib/format";
import { useFormat } from "../../lib/use-format";
import { Badge } from "../../ui/badge";
import { DataTable } from "../../ui/data-table";
import { type ImportProblem } from "./api";
import styles from "./imports.module.css";
import { useWords } from "./words";

/** Which cell, what stood there, why it was refused, and what becomes of its row. */
export function ProblemTable({ problems }: { problems: ImportProblem[] }) {
  const t = useWords();
  const say = useSay();
  const { number } = useFormat();
  return (
    <DataTable<ImportProblem>
      label={t("problems")}
      rowKey={({ row, column, reason }) => `${row} ${column ?? ""} ${reason.en}`}
      pageSize={10}
      dataSource={problems}
      columns={[
        { key: "row", title: t("row"), align: "right", render: (_, { row }) => number(row) },
        { key: "column", title: t("column"), render: (_, { column }) => column ?? MISSING },
        { key: "value", title: t("value"), render: (_, { value }) => <span className={styles.samples}>{value === null || value === "" ? MISSING : value}</span> },
        { key: "reason", title: t("reason"), render: (_, { reason }) => say(reason) },
        { key: "kept", title: t("fate"), render: (_, { kept }) => <Badge tone={kept ? "warn" : "risk"}>{kept ? t("keptRow") : t("leftOut")}</Badge> },
      ]}
    />
  );
}
