import { useSay } from "../../i18n/text";
import { Badge, type Tone } from "../badge";
import { readable, type Spoken, type Step } from "./story";
import styles from "./why.module.css";
import { useWords } from "./words";

const VERDICTS = ["pass", "bypass", "wait", "stop"] as const;
const TONES: Record<(typeof VERDICTS)[number], Tone> = { pass: "accent", bypass: "plain", wait: "warn", stop: "risk" };

/** Every rule in order: what it said and what it looked at. */
export function WhySteps({ steps, spoken }: { steps: readonly Step[]; spoken: Spoken }) {
  const t = useWords();
  const say = useSay();
  return (
    <ol className={styles.steps}>
      {steps.map((step, at) => {
        const verdict = VERDICTS.find((one) => one === step.verdict) ?? "pass";
        return (
          <li key={at} className={styles.step}>
            <span>
              <Badge tone={TONES[verdict]}>{t(`verdict_${verdict}`)}</Badge>
            </span>
            <div>
              <p>
                <span className={styles.gate}>{say(step.gate_label)}</span> <span className="quiet">{spoken.channel(step.channel)}</span>
              </p>
              <p>
                {readable(say(step.words), spoken)} {step.until && <span className="quiet">{t("until", { at: spoken.when(step.until) })}</span>}
              </p>
              <Values values={step.values} spoken={spoken} />
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function Values({ values, spoken }: { values: Step["values"]; spoken: Spoken }) {
  const t = useWords();
  const known = Object.entries(values).filter(([, value]) => value !== null);
  if (known.length === 0) return null;
  return (
    <details>
      <summary>{t("values")}</summary>
      <dl className={`${styles.values} numbers`}>
        {known.map(([name, value]) => [<dt key={`${name} name`}>{name}</dt>, <dd key={name}>{readable(String(value), spoken)}</dd>])}
      </dl>
    </details>
  );
}
