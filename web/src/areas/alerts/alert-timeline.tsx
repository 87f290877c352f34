import { useQuery } from "@tanstack/react-query";

import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { Panel } from "../../ui/panel";
import styles from "./alerts.module.css";
import { type AlertEntry, signalNamesQuery } from "./api";
import { useWords } from "./words";

/** Everything done to an alert, the newest first. */
export function AlertTimeline({ entries }: { entries: readonly AlertEntry[] }) {
  const t = useWords();
  const { dateTime } = useFormat();
  return (
    <Panel title={t("timeline")}>
      <ol className={styles.timeline}>
        {entries.toReversed().map((entry) => (
          <li key={entry.id}>
            <p>
              <b>{t(`act_${entry.act}`)}</b> <Details entry={entry} />
            </p>
            <p className="quiet numbers">
              {dateTime(entry.at)} · {entry.actor_kind === "system" ? t("tenureItself") : entry.actor_name}
            </p>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Details({ entry: { details } }: { entry: AlertEntry }) {
  const t = useWords();
  const say = useSay();
  const { date } = useFormat();
  const known = useQuery(signalNamesQuery).data ?? [];
  const signals = Array.isArray(details.signals) ? details.signals.filter((one) => typeof one === "string") : [];
  const names = signals.map((name) => known.find((signal) => signal.name === name)).flatMap((signal) => (signal ? [say(signal.label)] : []));
  const told = [
    ...(names.length > 0 ? [names.join(t("comma"))] : []),
    ...(typeof details.until === "string" ? [t("until", { date: date(details.until) })] : []),
    ...(isOutcome(details.outcome) ? [t(`outcome_${details.outcome}`)] : []),
    ...["text", "why"].flatMap((key) => (typeof details[key] === "string" && details[key] !== "" ? [details[key]] : [])),
  ];
  return <>{told.join(" · ")}</>;
}

const OUTCOMES = ["saved", "left", "false_alarm", "no_answer", "other", "came_back", "merged"] as const;

function isOutcome(value: unknown): value is (typeof OUTCOMES)[number] {
  return OUTCOMES.some((outcome) => outcome === value);
}
