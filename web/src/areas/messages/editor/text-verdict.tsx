import { useQuery } from "@tanstack/react-query";

import { useSay } from "../../../i18n/text";
import { useContactNames } from "../../../lib/contact/names";
import { Loaded } from "../../../ui/loaded";
import { Placeholder } from "../../../ui/placeholder";
import { type Verdict, verdictQuery } from "../api";
import styles from "../messages.module.css";
import { useWords } from "../words";

const PROVIDERS = ["alibaba", "tencent", "huawei", "gateway"] as const;

/** How many pieces a text is, and what providers of mainland China would refuse in it. */
export function TextVerdict({ text, kind, shortLinks }: { text: string; kind: "marketing" | "notice"; shortLinks: boolean }) {
  const query = useQuery(verdictQuery(text, kind, shortLinks));
  return (
    <Loaded query={query} skeleton={<Placeholder height={80} />}>
      {(verdict) => (
        <>
          <Count verdict={verdict} />
          <Rules verdict={verdict} />
        </>
      )}
    </Loaded>
  );
}

function Count({ verdict: { pieces, left, encoding, units, costly } }: { verdict: Verdict }) {
  const t = useWords();
  return (
    <p className={`${styles.count} numbers`}>
      <b>{t("pieces", { count: pieces })}</b> <span className="quiet">{t("counted", { units, left, encoding })}</span>
      {encoding === "UCS-2" && costly.length > 0 && <span className="quiet"> {t("costly", { characters: costly.join(" ") })}</span>}
    </p>
  );
}

function Rules({ verdict: { findings, provider } }: { verdict: Verdict }) {
  const t = useWords();
  const say = useSay();
  const names = useContactNames();
  const by = PROVIDERS.find((one) => one === provider) ?? "gateway";
  return (
    <details className={styles.rules} open={findings.length > 0}>
      <summary>{findings.length === 0 ? t("rulesFine", { provider: t(`provider_${by}`) }) : t("rulesBroken", { count: findings.length, provider: t(`provider_${by}`) })}</summary>
      <ul>
        {findings.map(({ rule, start, text, quoted, remedy, source, instead }) => (
          <li key={`${rule} ${start}`}>
            {text && text.length < 40 && <mark>{text}</mark>} {say(remedy)}{" "}
            <a href={source} target="_blank" rel="noreferrer" title={say(quoted)}>
              {t("source")}
            </a>
            {instead.length > 0 && <span className="quiet"> {t("instead", { channels: instead.map(names.channel).join(", ") })}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}
