import { type TableColumnsType } from "antd";

import { useSay } from "../../i18n/text";
import { MISSING } from "../../lib/format";
import { useFormat } from "../../lib/use-format";
import { DataTable } from "../../ui/data-table";
import { Panel } from "../../ui/panel";
import { type ModelPage } from "./api";
import { useWords } from "./words";

type Rung = ModelPage["ladder"][number];

/** Every kind of model on the same last period, beside silence alone. */
export function Ladder({ rungs }: { rungs: Rung[] }) {
  const t = useWords();
  const say = useSay();
  const { fixed } = useFormat();
  const give = (value: number | null, error: number | null, digits: number) =>
    value === null ? MISSING : `${fixed(value, digits)}${error === null ? "" : ` ± ${fixed(error, digits)}`}`;
  const columns: TableColumnsType<Rung> = [
    { key: "name", title: t("kind"), render: (_, rung) => say(rung.label) },
    { key: "auc", title: t("auc"), align: "right", render: (_, rung) => give(rung.auc, rung.auc_error, 3) },
    { key: "gain", title: t("gainOverRecency"), align: "right", render: (_, rung) => (rung.name === "recency" ? MISSING : give(rung.gain, rung.gain_error, 3)) },
    { key: "loss", title: t("logLoss"), align: "right", render: (_, rung) => give(rung.log_loss, rung.log_loss_error, 3) },
    { key: "ece", title: t("ece"), align: "right", render: (_, rung) => fixed(rung.ece, 3) },
    { key: "slope", title: t("slope"), align: "right", render: (_, rung) => give(rung.slope, rung.slope_error, 2) },
  ];
  return (
    <Panel title={t("ladder")} hint={t("ladderHint")} flush>
      <DataTable<Rung> label={t("ladder")} rowKey="name" dataSource={rungs} columns={columns} />
    </Panel>
  );
}
