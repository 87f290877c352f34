import { Link } from "@tanstack/react-router";
import { type TableColumnsType } from "antd";

import { useSay } from "../../i18n/text";
import { MISSING } from "../../lib/format";
import { customerPath } from "../../lib/paths";
import { riskLevel } from "../../lib/risk";
import { useFormat } from "../../lib/use-format";
import { Badge } from "../../ui/badge";
import { DataTable } from "../../ui/data-table";
import { Meter } from "../../ui/meter";
import { type Customer } from "./api";
import styles from "./predictions.module.css";
import { useWords } from "./words";

interface Props {
  customers: Customer[];
}

/** Who, how likely they leave, what they are worth, and the strongest reason. */
export function RiskTable({ customers }: Props) {
  const t = useWords();
  const say = useSay();
  const { shortValue, date } = useFormat();
  const columns: TableColumnsType<Customer> = [
    { key: "name", title: t("customer"), render: (_, one) => <Who customer={one} /> },
    { key: "risk", title: t("riskOfLeaving"), render: (_, one) => <Risk risk={one.churn_risk} /> },
    { key: "value", title: t("valueAtStake"), align: "right", render: (_, one) => shortValue(one.value_365, "money") },
    { key: "loss", title: t("expectedLoss"), align: "right", render: (_, one) => shortValue(one.expected_loss, "money") },
    { key: "reason", title: t("reason"), width: 236, render: (_, one) => <span className={styles.reason}>{one.reason ? say(one.reason) : MISSING}</span> },
    { key: "last", title: t("lastOrder"), render: (_, one) => (one.last_order_at ? date(one.last_order_at) : MISSING) },
  ];
  return <DataTable<Customer> label={t("riskiest")} rowKey="id" dataSource={customers} columns={columns} />;
}

/** The same on a phone: a card for each. */
export function RiskCards({ customers }: Props) {
  const t = useWords();
  const say = useSay();
  const { shortValue } = useFormat();
  return (
    <ul className={styles.cards}>
      {customers.map((one) => (
        <li key={one.id}>
          <div className={styles.cardHead}>
            <Who customer={one} />
            <Risk risk={one.churn_risk} />
          </div>
          {one.reason && <p>{say(one.reason)}</p>}
          <p className="quiet numbers">{t("stakes", { value: shortValue(one.value_365, "money"), loss: shortValue(one.expected_loss, "money") })}</p>
        </li>
      ))}
    </ul>
  );
}

function Who({ customer: { id, name, tier } }: { customer: Customer }) {
  const t = useWords();
  return (
    <span className={styles.who}>
      <Link to={customerPath(id)} className={styles.name}>
        {name ?? t("nameless", { id })}
      </Link>
      {tier && <Badge tone={tier === "A" ? "accent" : "plain"}>{t("tier", { tier })}</Badge>}
    </span>
  );
}

function Risk({ risk }: { risk: number | null }) {
  const t = useWords();
  const { percent } = useFormat();
  if (risk === null) return <span className="quiet">{MISSING}</span>;
  const level = riskLevel(risk);
  return <Meter share={risk} tone={level === "low" ? "accent" : "risk"} text={t("riskInWords", { share: percent(risk, 0), level: t(`word_${level}`) })} />;
}
