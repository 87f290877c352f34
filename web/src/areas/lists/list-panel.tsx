import { Button } from "antd";
import { useState } from "react";

import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { Badge } from "../../ui/badge";
import { Panel } from "../../ui/panel";
import { type List, type Wording } from "./api";
import { EditList } from "./edit-list";
import styles from "./lists.module.css";
import { PublishWording } from "./publish-wording";
import { useWords } from "./words";

interface Props {
  list: List;
  wordings: readonly Wording[];
  may: boolean;
}

/** One list: its rule, and what people agree to. */
export function ListPanel({ list, wordings, may }: Props) {
  const t = useWords();
  const say = useSay();
  const [open, setOpen] = useState<"edit" | "publish" | null>(null);
  const edit = may && (
    <Button size="small" aria-label={t("edit", { name: say(list.label) })} onClick={() => setOpen("edit")}>
      {t("editShort")}
    </Button>
  );
  return (
    <Panel title={say(list.label)} hint={say(list.meaning)} extra={edit}>
      <p className={styles.head}>
        <Badge tone={list.rule === "opt_in" ? "accent" : "warn"}>{t(list.rule)}</Badge>
        {list.double_opt_in && <Badge tone="accent">{t("confirmed")}</Badge>}
        <Badge>{list.shown ? t("shown") : t("hidden")}</Badge>
      </p>
      <Wordings wordings={wordings} />
      {may && <Button onClick={() => setOpen("publish")}>{t("publish")}</Button>}
      {open === "edit" && <EditList list={list} onClose={() => setOpen(null)} />}
      {open === "publish" && <PublishWording purpose={list.name} now={newest(wordings)} onClose={() => setOpen(null)} />}
    </Panel>
  );
}

function Wordings({ wordings }: { wordings: readonly Wording[] }) {
  const t = useWords();
  const say = useSay();
  const { dateTime } = useFormat();
  const now = newest(wordings);
  if (!now) return <p className={`quiet ${styles.older}`}>{t("noWording")}</p>;
  const older = wordings.filter(({ id }) => id !== now.id);
  return (
    <>
      <blockquote className={styles.wording} aria-label={t("wording")}>
        <p>{say(now.words)}</p>
        <p className="quiet numbers">{t("wordingSince", { at: dateTime(now.at) })}</p>
      </blockquote>
      {older.length > 0 && (
        <details className={styles.older}>
          <summary>{t("older", { count: older.length })}</summary>
          {older.map(({ id, words, at }) => (
            <p key={id}>
              {say(words)} · {t("wordingSince", { at: dateTime(at) })}
            </p>
          ))}
        </details>
      )}
    </>
  );
}

function newest(wordings: readonly Wording[]): Wording | undefined {
  return [...wordings].sort((one, other) => Date.parse(other.at) - Date.parse(one.at))[0];
}
