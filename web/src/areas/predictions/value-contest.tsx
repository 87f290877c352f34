import { type TableColumnsType } from "antd";

import { useSay } from "../../i18n/text";
import { MISSING } from "../../lib/format";
import { useFormat } from "../../lib/use-format";
import { Badge } from "../../ui/badge";
import { DataTable } from "../../ui/data-table";
import { Panel } from "../../ui/panel";
import { type Predictions } from "./api";
import { useWords } from "./words";

type Contest = Predictions["value_model"]["contests"][number];
type Contestant = Contest["models"][number];

/** Who answers for orders and value of a horizon, and how every model did on earlier days of this shop. */
export function ValueContest({ contest }: { contest: Contest }) {
  const t = useWords();
  const say = useSay();
  const { number, percent, date } = useFormat();
  const share = (value: number | null) => (value === null ? MISSING : percent(value, 1));
  const give = (value: number | null) => (value === null ? MISSING : number(value, 3));
  const columns: TableColumnsType<Contestant> = [
    {
      key: "model",
      title: t("contestant"),
      render: (_, one) => (
        <>
          {say(one.label)} {one.chosen && <Badge tone="accent">{t("answers")}</Badge>}
        </>
      ),
    },
    { key: "deviance", title: t("deviance"), align: "right", render: (_, one) => give(one.deviance) },
    { key: "auc", title: t("auc"), align: "right", render: (_, one) => give(one.auc) },
    { key: "rmse", title: t("rmse"), align: "right", render: (_, one) => give(one.rmse) },
    { key: "total", title: t("ordersOff"), align: "right", render: (_, one) => share(one.total_error) },
    { key: "value", title: t("valueOff"), align: "right", render: (_, one) => share(one.total_error_value) },
  ];
  const title = t("contest", { days: contest.horizon });
  return (
    <Panel title={title} hint={t("contestHint", { days: contest.days.map(date).join(", "), ahead: contest.tested_days_ahead })} flush>
      <DataTable<Contestant> label={title} rowKey="model" dataSource={contest.models} columns={columns} />
    </Panel>
  );
}
