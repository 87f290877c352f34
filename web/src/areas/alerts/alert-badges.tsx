import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { Badge } from "../../ui/badge";
import { type Alert } from "./api";
import { useWords } from "./words";

/** Where an alert stands, in a word or two. */
export function AlertBadges({ alert }: { alert: Alert }) {
  const t = useWords();
  const say = useSay();
  const { date } = useFormat();
  return (
    <>
      {alert.overdue && <Badge tone="risk">{t("overdue")}</Badge>}
      {alert.escalation > 0 && <Badge tone="warn">{t("escalated")}</Badge>}
      {alert.state === "snoozed" && alert.snoozed_until && <Badge>{t("sleepsUntil", { date: date(alert.snoozed_until) })}</Badge>}
      {alert.state === "resolved" && <Badge tone={alert.outcome === "left" ? "risk" : "accent"}>{alert.outcome_label ? say(alert.outcome_label) : t("state_resolved")}</Badge>}
      {alert.reopened > 0 && alert.state !== "resolved" && <Badge>{t("again")}</Badge>}
    </>
  );
}
