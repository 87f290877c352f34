import { useSay } from "../../../i18n/text";
import { useContactNames } from "../../../lib/contact/names";
import { useFormat } from "../../../lib/use-format";
import { Badge, type Tone } from "../../../ui/badge";
import { Panel } from "../../../ui/panel";
import styles from "../messages.module.css";
import { useWords } from "../words";
import { type Forecast, type Outcome } from "./api";

const TONES: Record<string, Tone> = { send: "accent", substitute: "accent", defer: "warn", held: "warn", drop: "risk" };

/** How many would go, wait until when, or not go, and why; nothing is queued yet. */
export function ForecastTable({ forecast: { customers, looked_at, sampled, outcomes } }: { forecast: Forecast }) {
  const t = useWords();
  const { number } = useFormat();
  return (
    <Panel title={t("forecast", { count: number(customers) })} hint={sampled ? t("forecastPartly", { seen: number(looked_at) }) : t("forecastHint")}>
      {customers === 0 && <p className="quiet">{t("nobodyMeant")}</p>}
      <ul className={styles.outcomes}>
        {outcomes.map((one) => (
          <OneOutcome key={`${one.outcome} ${one.reason} ${one.words.en} ${one.via ?? ""}`} one={one} sampled={sampled} />
        ))}
      </ul>
    </Panel>
  );
}

function OneOutcome({ one, sampled }: { one: Outcome; sampled: boolean }) {
  const t = useWords();
  const say = useSay();
  const names = useContactNames();
  const { number, dateTime } = useFormat();
  const count = number(one.estimate);
  const until = one.first_at && (one.last_at === one.first_at ? t("until", { at: dateTime(one.first_at) }) : t("untilBetween", { first: dateTime(one.first_at), last: dateTime(one.last_at ?? one.first_at) }));
  return (
    <li>
      <span className={`${styles.much} numbers`}>{sampled ? t("about", { count }) : count}</span>
      <span>
        <Badge tone={TONES[one.outcome] ?? "plain"}>{say(one.label)}</Badge> {say(one.words)} {one.via && t("viaOther", { channel: names.channel(one.via) })}
        {sampled && <span className={`${styles.small} numbers`}> {t("between", { low: number(one.low), high: number(one.high) })}</span>}
        {until && <span className={styles.small}> {until}</span>}
      </span>
    </li>
  );
}
