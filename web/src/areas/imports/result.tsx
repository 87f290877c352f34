import { PhoneOutlined } from "@ant-design/icons";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";

import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { useMay } from "../../lib/session";
import { Notes } from "../../ui/notes";
import { Panel } from "../../ui/panel";
import { type Import, type ImportCounts } from "./api";
import { BadRowsButton } from "./bad-rows-button";
import { Counts } from "./counts";
import styles from "./imports.module.css";
import { UndoButton } from "./undo-button";
import { useKindName } from "./use-kind-name";
import { useWords } from "./words";

/** What came of it, in plain words, and the next step: whom to call. */
export function Result({ told, counts }: { told: Import; counts: ImportCounts }) {
  const t = useWords();
  const say = useSay();
  const { number } = useFormat();
  const kind = useKindName()(told);
  const sentences = [
    t("resultIn", { good: number(counts.good), rows: number(counts.rows), kind }),
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
      <Next />
    </>
  );
}

function Next() {
  const t = useWords();
  const may = useMay("calls.read");
  if (!may) return null;
  return (
    <Panel title={t("next")}>
      <div className={styles.next}>
        <p>{t("nextDetail")}</p>
        <Link to="/calls">
          <Button type="primary" icon={<PhoneOutlined />} tabIndex={-1}>
            {t("whomToCall")}
          </Button>
        </Link>
      </div>
    </Panel>
  );
}
