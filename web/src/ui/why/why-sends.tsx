import { useSay } from "../../i18n/text";
import { Badge } from "../badge";
import { type Send, type Spoken, toneOf } from "./story";
import { WhySteps } from "./why-steps";
import styles from "./why.module.css";
import { useWords } from "./words";

/** Each send with everything that happened to it. */
export function WhySends({ sends, spoken }: { sends: readonly Send[]; spoken: Spoken }) {
  const t = useWords();
  const say = useSay();
  if (sends.length === 0) return <p className="quiet">{t("noSends")}</p>;
  return (
    <ul className={styles.sends}>
      {sends.map((send) => (
        <li key={send.id} className={styles.send}>
          <p className={styles.sendHead}>
            <b>{send.message}</b>
            <Badge tone={toneOf(send.state)}>{say(send.state_label)}</Badge>
          </p>
          <p className="quiet">
            {[spoken.channel(send.via), t("due", { at: spoken.when(send.due_at) }), send.attempts > 0 ? t("attempts", { count: send.attempts }) : ""].filter(Boolean).join(" · ")}
          </p>
          <ol className={`${styles.events} numbers`}>
            {send.events.map((event, at) => (
              <li key={at}>
                <p>
                  {spoken.when(event.at)} · {spoken.event(event.what)} <span className="quiet">{toldBy(event.details)}</span>
                </p>
                {event.decision && (
                  <details>
                    <summary>{t("decision")}</summary>
                    <WhySteps steps={event.decision.steps} spoken={spoken} />
                  </details>
                )}
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ul>
  );
}

/** What came with an event, such as a provider's words: only what can be read as it is. */
function toldBy(details: Record<string, unknown>): string {
  return Object.values(details)
    .filter((value) => (typeof value === "string" && value !== "") || typeof value === "number")
    .join(" · ");
}
