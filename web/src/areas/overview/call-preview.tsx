import { Link } from "@tanstack/react-router";

import { useSay } from "../../i18n/text";
import { customerPath } from "../../lib/paths";
import { useFormat } from "../../lib/use-format";
import { Badge } from "../../ui/badge";
import { Meter } from "../../ui/meter";
import { Panel } from "../../ui/panel";
import { type Overview } from "./api";
import styles from "./overview.module.css";
import { useWords } from "./words";

/** The first few of the call list: who, why, and what is at stake. */
export function CallPreview({ calls }: { calls: Overview["calls"] }) {
  const t = useWords();
  return (
    <Panel title={t("call")} hint={t("callHint")} extra={<Link to="/calls">{t("callAll")}</Link>}>
      {calls.length === 0 && <p className="quiet">{t("callNone")}</p>}
      <ol className={styles.list}>
        {calls.map((call) => (
          <CallLine key={call.customer.id} call={call} />
        ))}
      </ol>
    </Panel>
  );
}

function CallLine({ call }: { call: Overview["calls"][number] }) {
  const t = useWords();
  const say = useSay();
  const { percent, shortValue } = useFormat();
  const { customer } = call;
  return (
    <li className={styles.call}>
      <div className={styles.who}>
        <Link to={customerPath(customer.id)} className={styles.name}>
          {customer.name ?? t("nameless", { id: customer.id })}
        </Link>
        {customer.tier && <Badge tone={customer.tier === "A" ? "accent" : "plain"}>{customer.tier}</Badge>}
        <span className={styles.stake}>
          <Meter share={call.churn_risk} text={percent(call.churn_risk, 0)} tone="risk" />
          <span className="numbers quiet">{t("atStake", { value: shortValue(call.value_at_stake, "money") })}</span>
        </span>
      </div>
      <p className={styles.reason}>{call.reasons[0] && say(call.reasons[0])}</p>
      <p className={styles.step}>{say(call.suggestion)}</p>
    </li>
  );
}
