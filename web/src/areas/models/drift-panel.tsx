import { type TableColumnsType } from "antd";

import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { Badge, type Tone } from "../../ui/badge";
import { DataTable } from "../../ui/data-table";
import { Panel } from "../../ui/panel";
import { type ModelPage } from "./api";
import styles from "./models.module.css";
import { useWords } from "./words";

type Shift = NonNullable<ModelPage["drift"]>["features"][number];

const TONES: Record<Shift["level"], Tone> = { steady: "plain", moved: "warn", changed: "risk" };
const MOST = 12;

/** Are today's customers like those it was taught with? */
export function DriftPanel({ drift }: { drift: ModelPage["drift"] }) {
  const t = useWords();
  const say = useSay();
  const { number, fixed, percent, date } = useFormat();
  if (!drift) {
    return (
      <Panel title={t("drift")}>
        <p className="quiet">{t("noDrift")}</p>
      </Panel>
    );
  }
  const shifts = [...(drift.scores ? [drift.scores] : []), ...drift.features.toSorted((a, b) => b.psi - a.psi)].slice(0, MOST);
  const columns: TableColumnsType<Shift> = [
    { key: "feature", title: t("feature"), render: (_, shift) => <span className={styles.feature}>{say(shift.label)}</span> },
    { key: "psi", title: t("psi"), align: "right", render: (_, shift) => fixed(shift.psi, 2) },
    { key: "level", title: t("level"), render: (_, shift) => <Badge tone={TONES[shift.level]}>{t(`level_${shift.level}`)}</Badge> },
    { key: "missing", title: t("missing"), align: "right", render: (_, shift) => `${percent(shift.missing_then, 0)} → ${percent(shift.missing_now, 0)}` },
  ];
  return (
    <Panel title={t("drift")} hint={t("driftHint", { n: number(drift.n), date: date(drift.as_of) })} flush>
      <DataTable<Shift> label={t("drift")} rowKey="feature" dataSource={shifts} columns={columns} />
    </Panel>
  );
}
