import { LeftOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";

import { useSay } from "../../i18n/text";
import { customerPath } from "../../lib/paths";
import { useFormat } from "../../lib/use-format";
import { Badge } from "../../ui/badge";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { AlertActions } from "./alert-actions";
import { AlertBadges } from "./alert-badges";
import { Stake } from "./alert-card";
import { AlertTimeline } from "./alert-timeline";
import styles from "./alerts.module.css";
import { type AlertDetail, alertQuery } from "./api";
import { useWords } from "./words";

const route = getRouteApi("/desk/alerts/$alertId");

/** One alert: what was seen and when, everything done about it, and everything that can be done. */
export function AlertPage() {
  const t = useWords();
  const { alertId } = route.useParams();
  const query = useQuery(alertQuery(alertId));
  return (
    <div className="stack">
      <p>
        <Link to="/alerts" className={styles.back}>
          <LeftOutlined aria-hidden /> {t("title")}
        </Link>
      </p>
      <Loaded query={query} skeleton={<Placeholder height={700} />}>
        {(alert) => <Whole alert={alert} />}
      </Loaded>
    </div>
  );
}

function Whole({ alert }: { alert: AlertDetail }) {
  const t = useWords();
  const { customer } = alert;
  const name = customer.name ?? t("nameless", { id: customer.id });
  const lead = (
    <span className={styles.who}>
      {customer.tier && <Badge tone={customer.tier === "A" ? "accent" : "plain"}>{t("tier", { tier: customer.tier })}</Badge>}
      <AlertBadges alert={alert} />
      <Link to={customerPath(customer.id)}>{t("wholeStory")}</Link>
      {customer.phone && <a href={`tel:${customer.phone}`}>{customer.phone}</a>}
      {customer.email && <a href={`mailto:${customer.email}`}>{customer.email}</a>}
    </span>
  );
  return (
    <div className="stack">
      <PageHeader title={name} lead={lead} />
      <AlertActions alert={alert} />
      <div className={styles.split}>
        <Seen alert={alert} />
        <div className="stack">
          <Panel title={t("stake")}>
            <Stake alert={alert} />
          </Panel>
          <AlertTimeline entries={alert.timeline} />
        </div>
      </div>
    </div>
  );
}

/** Every signal with the customer's own numbers and what it suggests. */
function Seen({ alert }: { alert: AlertDetail }) {
  const t = useWords();
  const say = useSay();
  const { date } = useFormat();
  return (
    <Panel title={t("seen")} hint={t("seenHint")}>
      <ul className={styles.seen}>
        {alert.signals.map((signal) => (
          <li key={signal.signal + signal.evidence}>
            <p className={styles.who}>
              <b>{say(signal.label)}</b>
              <span className="quiet numbers">{t("since", { date: date(signal.since) })}</span>
              {signal.ended_at && <Badge tone="accent">{t("noLonger", { date: date(signal.ended_at) })}</Badge>}
            </p>
            <p>{say(signal.text)}</p>
            <p className={styles.step}>
              <span className={styles.hint}>{t("step")}</span>
              {say(signal.suggestion)}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
