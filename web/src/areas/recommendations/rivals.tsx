import { type TableColumnsType } from "antd";

import { useFormat } from "../../lib/use-format";
import { Badge } from "../../ui/badge";
import { DataTable } from "../../ui/data-table";
import { Panel } from "../../ui/panel";
import { type Judged } from "./api";
import { type Judgement, useQualityColumns } from "./quality-columns";
import styles from "./recommendations.module.css";
import { useMethodName } from "./use-method-name";
import { useWords } from "./words";

const PLACES = 10;

/** Every way of ranking on products new to the customer, the one in use marked, and the lists as they are made. */
export function Rivals({ judged, method }: { judged: Judged; method: string }) {
  const t = useWords();
  const methodName = useMethodName();
  const { fixed, date } = useFormat();
  const quality = useQualityColumns(PLACES);
  const rows: Judgement[] = [...judged.trials.map((trial) => ({ name: trial.method, quality: trial.new })), { name: "lists", quality: judged.new }];
  const columns: TableColumnsType<Judgement> = [
    {
      key: "name",
      title: t("way"),
      render: (_, { name }) => (
        <span className={styles.name}>
          {name === "lists" ? t("asMade") : methodName(name)} {name === method && <Badge tone="accent">{t("chosen")}</Badge>}
        </span>
      ),
    },
    ...quality,
  ];
  const { value, low, high } = judged.gain;
  const signed = (gain: number) => `${gain > 0 ? "+" : gain < 0 ? "−" : ""}${fixed(Math.abs(gain), 3)}`;
  const verdict = low > 0 ? "gainSure" : high < 0 ? "gainNegative" : "gainUnsure";
  return (
    <Panel title={t("rivals")} hint={t("rivalsHint", { date: date(judged.split) })} flush>
      <DataTable<Judgement> label={t("rivals")} rowKey="name" dataSource={rows} columns={columns} />
      <p className={styles.verdict}>{t(verdict, { gain: signed(value), low: signed(low), high: signed(high) })}</p>
    </Panel>
  );
}
