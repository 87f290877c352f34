import { useQuery } from "@tanstack/react-query";

import { useSay } from "../../i18n/text";
import { ApiError } from "../../lib/problem";
import { useMay } from "../../lib/session";
import { useFormat } from "../../lib/use-format";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { Notes } from "../../ui/notes";
import { PageHeader } from "../../ui/page-header";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { type Predictions, predictionsQuery } from "./api";
import { CalibrationPlot } from "./calibration-plot";
import { Factors } from "./factors";
import { ModelDetails } from "./model-details";
import { Quality } from "./quality";
import { Riskiest } from "./riskiest";
import { RiskSpread } from "./risk-spread";
import { Tiers } from "./tiers";
import { Totals } from "./totals";
import { ValueContest } from "./value-contest";
import { useWords } from "./words";

/** What customers are likely to do, and why to believe it. */
export function PredictionsPage() {
  const t = useWords();
  const { date } = useFormat();
  const query = useQuery(predictionsQuery);
  if (query.error instanceof ApiError && query.error.status === 404) return <NothingYet />;
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={query.data && t("lead", { date: date(query.data.as_of) })} />
      <Loaded query={query} skeleton={<Placeholder height={900} />}>
        {(predictions) => <Sections predictions={predictions} />}
      </Loaded>
    </div>
  );
}

function Sections({ predictions }: { predictions: Predictions }) {
  const maySeeCustomers = useMay("customers.read");
  return (
    <div className="stack">
      <Totals predictions={predictions} />
      <div className="halves">
        <RiskSpread histogram={predictions.risk_histogram} previous={predictions.previous} />
        <Tiers tiers={predictions.tiers} />
      </div>
      {maySeeCustomers && <Riskiest />}
      {predictions.test ? (
        <div className="halves">
          <Quality test={predictions.test} />
          <CalibrationPlot test={predictions.test} />
        </div>
      ) : (
        <Untested notes={predictions.model.notes} />
      )}
      <Factors factors={predictions.factors} />
      {predictions.value_model.contests
        .filter((contest) => contest.models.length > 0)
        .map((contest) => (
          <ValueContest key={contest.horizon} contest={contest} />
        ))}
      <ModelDetails predictions={predictions} />
    </div>
  );
}

/** Without a test the page says why, instead of showing figures nobody checked. */
function Untested({ notes }: { notes: Predictions["model"]["notes"] }) {
  const t = useWords();
  const say = useSay();
  return (
    <Panel title={t("quality")} hint={t("untested")}>
      <Notes notes={notes.map(say)} />
    </Panel>
  );
}

function NothingYet() {
  const t = useWords();
  return (
    <div className="stack">
      <PageHeader title={t("title")} />
      <Panel>
        <EmptyState title={t("emptyTitle")}>{t("emptyDetail")}</EmptyState>
      </Panel>
    </div>
  );
}
