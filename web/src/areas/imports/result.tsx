import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { Notes } from "../../ui/notes";
import { Panel } from "../../ui/panel";
import { type Import, type ImportCounts } from "./api";
import { BadRowsButton } from "./bad-rows-button";
import { Counts } from "./counts";
import styles from "./imports.module.css";
import { NextStep } from "./next-step";
import { UndoButton } from "./undo-button";
import { useWords } from "./words";

/** What came of it, in plain words, and the next step: whom to call. */
export function Result({ told, counts }: { told: Import; counts: ImportCounts }) {
  const t = useWords();
  const say = useSay();
  const { number } = useFormat();
  const sentences = [
    t("resultIn", { good: number(counts.good), rows: number(counts.rows) }),
    counts.unchanged > 0 && t("resultUnchanged", { unchanged: number(counts.unchanged) }),
    counts.bad > 0 && t("resultBad", { bad: number(counts.bad) }),
    counts.anonymous > 0 && t("resultAnonymous", { anonymous: number(counts.anonymous) }),
    counts.returns > 0 && t("resultReturns", { returns: number(counts.returns) }),
  ];
  return (
    <>
      <Panel
        title={t("done")}
        extra={
          <>
            {counts.bad > 0 && <BadRowsButton id={told.id} />}
            <UndoButton told={told} />
          </>
        }
      >
        <p className={styles.sentence}>{sentences.filter(Boolean).join(" ")}</p>
        <Counts counts={counts} />
        <Notes notes={told.notes.map(say)} />
      </Panel>
      <NextStep />
    </>
  );
}
