import { Button, Drawer } from "antd";
import { type ReactNode } from "react";

import { useSay } from "../../i18n/text";
import { Badge } from "../badge";
import { Loaded } from "../loaded";
import { Placeholder } from "../placeholder";
import { type Spoken, type Story, toneOf } from "./story";
import { WhySends } from "./why-sends";
import { WhySteps } from "./why-steps";
import styles from "./why.module.css";
import { useWords } from "./words";

interface Props {
  title: string;
  open: boolean;
  onClose: () => void;
  onDownload: () => void;
  query: { data: Story | undefined; error: unknown; isPlaceholderData?: boolean; refetch: () => unknown };
  spoken: Spoken;
  /** What may be asked differently, such as another channel. */
  controls?: ReactNode;
}

/** Why somebody got a message, waits for it, or never will: the state, every rule in words, the next good moment. */
export function WhyDrawer({ title, open, onClose, onDownload, query, spoken, controls }: Props) {
  const t = useWords();
  return (
    <Drawer
      title={title}
      open={open}
      onClose={onClose}
      size="min(560px, 100vw)"
      closable={{ "aria-label": t("close") }}
      extra={
        <Button size="small" disabled={!query.data} onClick={onDownload}>
          {t("download")}
        </Button>
      }
    >
      <div className="stack">
        {controls}
        <Loaded query={query} skeleton={<Placeholder height={420} />}>
          {(story) => <Whole story={story} spoken={spoken} />}
        </Loaded>
      </div>
    </Drawer>
  );
}

function Whole({ story, spoken }: { story: Story; spoken: Spoken }) {
  const t = useWords();
  const say = useSay();
  return (
    <div className="stack">
      <div className={styles.lead}>
        <p>
          <span className="quiet">{t("state")}</span> <Badge tone={toneOf(story.state)}>{say(story.state_label)}</Badge>
        </p>
        <p className={styles.moment}>{useMoment(story, spoken)}</p>
      </div>
      <section className={styles.part}>
        <h3>{t("now")}</h3>
        <p className="quiet">{t("policy", { version: story.now.policy })}</p>
        <WhySteps steps={story.now.steps} spoken={spoken} />
      </section>
      <section className={styles.part}>
        <h3>{t("sends")}</h3>
        <WhySends sends={story.sends} spoken={spoken} />
      </section>
    </div>
  );
}

function useMoment({ next_eligible, now }: Story, spoken: Spoken): string {
  const t = useWords();
  if (now.outcome === "send" || now.outcome === "substitute") return t("rightNow");
  return next_eligible ? t("next", { at: spoken.when(next_eligible) }) : t("never");
}
