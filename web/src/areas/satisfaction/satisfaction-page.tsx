import { useQuery } from "@tanstack/react-query";
import { Segmented } from "antd";
import { useState } from "react";

import { useSay } from "../../i18n/text";
import { useSentences } from "../../i18n/use-sentences";
import { ApiError } from "../../lib/problem";
import { useFormat } from "../../lib/use-format";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { satisfactionQuery, type ScoreKind } from "./api";
import { BandPicture } from "./band-picture";
import { Contradictions } from "./contradictions";
import { Quadrant } from "./quadrant";
import styles from "./satisfaction.module.css";
import { useWords } from "./words";

/** What customers say, and what they do. */
export function SatisfactionPage() {
  const t = useWords();
  const { number } = useFormat();
  const query = useQuery(satisfactionQuery);
  const told = query.data;
  const none = (query.error instanceof ApiError && query.error.status === 404) || told?.kinds.length === 0;
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={told && !none ? t("lead", { days: number(told.window_days), count: number(told.instants.length) }) : undefined} />
      {none ? (
        <Panel>
          <EmptyState title={t("emptyTitle")}>{t("emptyDetail")}</EmptyState>
        </Panel>
      ) : (
        <Loaded query={query} skeleton={<Placeholder height={720} />}>
          {({ kinds }) => <Kinds kinds={kinds} />}
        </Loaded>
      )}
    </div>
  );
}

function Kinds({ kinds }: { kinds: readonly ScoreKind[] }) {
  const t = useWords();
  const say = useSay();
  const [name, choose] = useState(kinds[0]?.kind);
  const kind = kinds.find((one) => one.kind === name) ?? kinds[0];
  if (!kind) return null;
  return (
    <div className="stack">
      <div className={styles.choice}>
        <Segmented aria-label={t("score")} value={kind.kind} options={kinds.map((one) => ({ value: one.kind, label: say(one.label) }))} onChange={choose} />
      </div>
      <div className="halves">
        <Predicts kind={kind} />
        <Panel title={t("quadrant")} hint={t("quadrantHint")}>
          <Quadrant kind={kind} />
        </Panel>
      </div>
      <div className="halves">
        <Panel title={t("leavers")} hint={t("leaversHint")} flush>
          <Contradictions label={t("leavers")} customers={kind.satisfied_leavers} />
        </Panel>
        <Panel title={t("stayers")} hint={t("stayersHint")} flush>
          <Contradictions label={t("stayers")} customers={kind.dissatisfied_stayers} />
        </Panel>
      </div>
    </div>
  );
}

/** How far the score foretells staying: in a sentence, in a picture, and beside what purchases already tell. */
function Predicts({ kind }: { kind: ScoreKind }) {
  const t = useWords();
  const say = useSay();
  const sentences = useSentences();
  const { number, percent } = useFormat();
  const { auc, gain } = kind;
  const hundredths = (value: number) => number(value * 100, 1);
  return (
    <Panel title={t("bands")} hint={sentences(t("counted", { n: number(kind.n), share: percent(kind.stayed / kind.n) }), t("bandsHint"))}>
      <BandPicture kind={kind} />
      <p className={styles.verdict}>{say(kind.verdict)}</p>
      {auc && <p className="quiet">{t("ranking", { times: hundredths(auc.value), low: hundredths(auc.low), high: hundredths(auc.high) })}</p>}
      <p className="quiet">
        {gain
          ? t("gain", { points: hundredths(gain.auc.value), low: hundredths(gain.auc.low), high: hundredths(gain.auc.high), n: number(gain.n), behaviour: hundredths(gain.auc_behaviour) })
          : t("noGain")}
      </p>
    </Panel>
  );
}
