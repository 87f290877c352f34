import { type TableColumnsType } from "antd";

import { useFormat } from "../../lib/use-format";
import { DataTable } from "../../ui/data-table";
import { Panel } from "../../ui/panel";
import { type Judged } from "./api";
import { type Judgement, useQualityColumns } from "./quality-columns";
import styles from "./recommendations.module.css";
import { useWords } from "./words";

const PLACES = 5;

/** What was bought before and is bought again, judged apart: it is easier, and would flatter one number for both. */
export function Repeats({ judged: { again, most_often: often, split } }: { judged: Judged }) {
  const t = useWords();
  const { date } = useFormat();
  const columns: TableColumnsType<Judgement> = [
    { key: "name", title: t("way"), render: (_, { name }) => <span className={styles.name}>{t(name === "again" ? "asMade" : "mostOften")}</span> },
    ...useQualityColumns(PLACES),
  ];
  const rows: Judgement[] = [
    { name: "again", quality: again },
    { name: "often", quality: often },
  ];
  return (
    <Panel title={t("repeats")} hint={t("repeatsHint", { date: date(split) })} flush>
      {again.customers === 0 ? <p className={styles.verdict}>{t("noRepeats")}</p> : <DataTable<Judgement> label={t("repeats")} rowKey="name" dataSource={rows} columns={columns} />}
    </Panel>
  );
}
