import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox } from "antd";
import { useState } from "react";

import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { Badge, type Tone } from "../../ui/badge";
import { type Fact, Facts } from "../../ui/facts";
import { Loaded } from "../../ui/loaded";
import { Placeholder } from "../../ui/placeholder";
import { useComplain } from "../../ui/use-complain";
import { type Health, healthQuery, type Rate, useResume } from "./api";
import styles from "./channels.module.css";
import { useWords } from "./words";

const TONES: Record<Health["state"], Tone> = { open: "accent", warned: "warn", stopped: "risk", paused: "plain" };

/** What came back of what was sent, with its interval; why a channel stands still, and how it goes on. */
export function HealthPart({ channel, may }: { channel: string; may: boolean }) {
  const t = useWords();
  const query = useQuery(healthQuery(channel));
  return (
    <>
      <h3>{t("health")}</h3>
      <Loaded query={query} skeleton={<Placeholder height={150} />}>
        {(health) => <Whole health={health} may={may} />}
      </Loaded>
    </>
  );
}

function Whole({ health, may }: { health: Health; may: boolean }) {
  const t = useWords();
  const say = useSay();
  const { number, dateTime } = useFormat();
  const { state, state_label, why, warm_up, sent, delivered, waiting, unknown, window_hours } = health;
  const facts: Fact[] = [
    { name: t("sent", { hours: number(window_hours) }), value: number(sent) },
    { name: t("delivered"), value: number(delivered) },
    { name: t("bounces"), value: <Share rate={health.hard_bounces} enough={health.enough} /> },
    { name: t("complaints"), value: <Share rate={health.complaints} enough={health.enough} /> },
    { name: t("waiting"), value: number(waiting) },
    ...(unknown > 0 ? [{ name: t("unknown"), value: number(unknown) }] : []),
    ...(warm_up && !warm_up.over ? [{ name: t("warmUp", { day: warm_up.day }), value: t("warmUpToday", { sent: number(warm_up.sent_today), limit: number(warm_up.limit_today ?? 0) }) }] : []),
  ];
  return (
    <>
      <p className={styles.state}>
        <Badge tone={TONES[state]}>{say(state_label)}</Badge> {health.since && <span className="quiet">{t("since", { at: dateTime(health.since) })}</span>}
      </p>
      {why && <p className={state === "stopped" ? styles.stopped : "quiet"}>{say(why)}</p>}
      {health.holds !== "nothing" && <p>{say(health.holds_label)}</p>}
      {state === "stopped" && may && <Resume channel={health.channel} warm={warm_up !== null} />}
      <Facts facts={facts} />
    </>
  );
}

function Share({ rate: { count, share, low, high, stop_above }, enough }: { rate: Rate; enough: boolean }) {
  const t = useWords();
  const { number, percent } = useFormat();
  if (share === null) return "–";
  return (
    <span title={stop_above == null ? undefined : t("stopsAt", { share: percent(stop_above, 2) })}>
      {percent(share, 2)} <span className="quiet">{t("interval", { low: percent(low, 2), high: percent(high, 2), count: number(count) })}</span> {!enough && <span className="quiet">{t("few")}</span>}
    </span>
  );
}

function Resume({ channel, warm }: { channel: string; warm: boolean }) {
  const t = useWords();
  const complain = useComplain();
  const resume = useResume();
  const [again, setAgain] = useState(false);
  return (
    <div className={styles.acts}>
      <Button type="primary" size="small" loading={resume.isPending} onClick={() => resume.mutate({ channel, again }, { onError: complain })}>
        {t("resumeChannel")}
      </Button>
      {warm && (
        <Checkbox checked={again} onChange={({ target }) => setAgain(target.checked)}>
          {t("warmAgain")}
        </Checkbox>
      )}
    </div>
  );
}
