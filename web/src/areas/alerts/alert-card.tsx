import { Link } from "@tanstack/react-router";

import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { Badge } from "../../ui/badge";
import { Meter } from "../../ui/meter";
import { AlertBadges } from "./alert-badges";
import styles from "./alerts.module.css";
import { type Alert } from "./api";
import { useWords } from "./words";

const MOST_SIGNALS = 3;

/** One customer in danger: what was seen, what to do, what is at stake, whose it is. */
export function AlertCard({ alert }: { alert: Alert }) {
  const t = useWords();
  const say = useSay();
  const { customer, signals } = alert;
  const shown = signals.slice(0, MOST_SIGNALS);
  const step = signals[0]?.suggestion;
  return (
    <li className={styles.card}>
      <div className={styles.words}>
        <div className={styles.who}>
          <Link to="/alerts/$alertId" params={{ alertId: alert.id }} className={styles.name}>
            {customer.name ?? t("nameless", { id: customer.id })}
          </Link>
          {customer.tier && <Badge tone={customer.tier === "A" ? "accent" : "plain"}>{t("tier", { tier: customer.tier })}</Badge>}
          <AlertBadges alert={alert} />
        </div>
        <ul className={styles.signals}>
          {shown.map((signal) => (
            <li key={signal.signal}>
              <b>{say(signal.label)}</b> {say(signal.text)}
            </li>
          ))}
        </ul>
        {signals.length > MOST_SIGNALS && <p className="quiet">{t("furtherSignals", { count: signals.length - MOST_SIGNALS })}</p>}
        {step && (
          <p className={styles.step}>
            <span className={styles.hint}>{t("step")}</span>
            {say(step)}
          </p>
        )}
      </div>
      <Stake alert={alert} />
    </li>
  );
}

/** What may be lost, whose task it is, and until when. */
export function Stake({ alert }: { alert: Alert }) {
  const t = useWords();
  const { percent, shortValue, dateTime } = useFormat();
  return (
    <dl className={`${styles.figures} numbers`}>
      {alert.churn_risk !== null && (
        <>
          <dt>{t("risk")}</dt>
          <dd>
            <Meter share={alert.churn_risk} text={percent(alert.churn_risk, 0)} tone="risk" />
          </dd>
        </>
      )}
      <dt>{t("loss")}</dt>
      <dd>
        <b>{shortValue(alert.expected_loss, "money")}</b>
      </dd>
      <dt>{t("owner")}</dt>
      <dd>{alert.owner?.name ?? t("nobody")}</dd>
      <dt>{t("due")}</dt>
      <dd className={alert.overdue ? styles.late : undefined}>{dateTime(alert.due_at)}</dd>
    </dl>
  );
}
