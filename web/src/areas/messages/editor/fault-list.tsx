import { Button } from "antd";

import { useSay } from "../../../i18n/text";
import { useContactNames } from "../../../lib/contact/names";
import { goToLine } from "../../../ui/code-area";
import { type Fault } from "../api";
import { placeOf } from "../draft";
import styles from "../messages.module.css";
import { type MessageSearch } from "../search";
import { useLanguageName } from "../shared/use-language-name";
import { useWords } from "../words";

interface Props {
  faults: readonly Fault[];
  /** The variant on screen, such as `email.zh-CN`. */
  here: string;
  onGo: (part: MessageSearch) => void;
}

/** Everything that is wrong, each with its line; pressing one leads there. */
export function FaultList({ faults, here, onGo }: Props) {
  const t = useWords();
  const say = useSay();
  const names = useContactNames();
  const languageName = useLanguageName();
  const where = ({ part, line }: Fault) => {
    const place = placeOf(part);
    const far = part.startsWith(`${here}.`) ? [] : [names.channel(place.channel), place.language ? languageName(place.language) : ""];
    return [...far, line === null ? "" : t("line", { line })].filter(Boolean).join(" · ");
  };
  const go = ({ part, line }: Fault) => {
    const { channel, language } = placeOf(part);
    if (!part.startsWith(`${here}.`)) onGo({ channel, language });
    else if (line !== null) {
      const area = document.querySelector<HTMLTextAreaElement>("textarea[aria-describedby=faults]");
      if (area) goToLine(area, line);
    }
  };
  return (
    <div id="faults" className={styles.faults} role="status" aria-live="polite">
      {faults.length === 0 && <p className={styles.fine}>✓ {t("noFaults")}</p>}
      {faults.length > 0 && (
        <ul>
          {faults.map((fault, at) => (
            <li key={at}>
              <Button type="link" size="small" onClick={() => go(fault)}>
                {where(fault) || t("show")}
              </Button>
              <span>
                {say(fault.words)} {fault.remedy && <span className="quiet">{say(fault.remedy)}</span>}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
