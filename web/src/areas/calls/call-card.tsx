import { MailOutlined, PhoneOutlined } from "@ant-design/icons";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";

import { useSay } from "../../i18n/text";
import { customerPath } from "../../lib/paths";
import { useFormat } from "../../lib/use-format";
import { Badge } from "../../ui/badge";
import { Meter } from "../../ui/meter";
import { type Call } from "./api";
import styles from "./calls.module.css";
import { useWords } from "./words";

/** One customer to win back: who, why, what to do, what it is worth. */
export function CallCard({ call }: { call: Call }) {
  const t = useWords();
  const say = useSay();
  return (
    <li className={styles.card}>
      <span className={`${styles.rank} numbers`}>{call.rank}</span>
      <div className={styles.words}>
        <Who customer={call.customer} />
        <p className={styles.step}>
          <span className={styles.hint}>{t("step")}</span>
          {say(call.suggestion)}
        </p>
        <div>
          <span className={styles.hint}>{t("why")}</span>
          <ul className={styles.reasons}>
            {call.reasons.map((reason) => (
              <li key={reason.en}>{say(reason)}</li>
            ))}
          </ul>
        </div>
      </div>
      <Figures call={call} />
    </li>
  );
}

function Who({ customer }: { customer: Call["customer"] }) {
  const t = useWords();
  return (
    <div className={styles.who}>
      <Link to={customerPath(customer.id)} className={styles.name}>
        {customer.name ?? t("nameless", { id: customer.id })}
      </Link>
      {customer.tier && <Badge tone={customer.tier === "A" ? "accent" : "plain"}>{t("tier", { tier: customer.tier })}</Badge>}
      {customer.phone && (
        <Button size="small" icon={<PhoneOutlined />} href={`tel:${customer.phone}`} aria-label={t("call", { phone: customer.phone })}>
          {customer.phone}
        </Button>
      )}
      {customer.email && (
        <Button size="small" icon={<MailOutlined />} href={`mailto:${customer.email}`} aria-label={t("write", { email: customer.email })}>
          {customer.email}
        </Button>
      )}
    </div>
  );
}

function Figures({ call }: { call: Call }) {
  const t = useWords();
  const { percent, shortValue, date } = useFormat();
  return (
    <dl className={`${styles.figures} numbers`}>
      <dt>{t("risk")}</dt>
      <dd>
        <Meter share={call.churn_risk} text={percent(call.churn_risk, 0)} tone="risk" />
      </dd>
      <dt>{t("stake")}</dt>
      <dd>{shortValue(call.value_at_stake, "money")}</dd>
      <dt>{t("loss")}</dt>
      <dd>
        <b>{shortValue(call.expected_loss, "money")}</b>
      </dd>
      {call.last_order_at && (
        <>
          <dt>{t("lastOrder")}</dt>
          <dd>{date(call.last_order_at)}</dd>
        </>
      )}
    </dl>
  );
}
