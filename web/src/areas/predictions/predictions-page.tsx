import { useQuery } from "@tanstack/react-query";

import { ApiError } from "../../lib/problem";
import { useFormat } from "../../lib/use-format";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { type Predictions, predictionsQuery } from "./api";
import { CalibrationPlot } from "./calibration-plot";
import { Factors } from "./factors";
import { ModelDetails } from "./model-details";
import { Quality } from "./quality";
import { RiskSpread } from "./risk-spread";
import { Tiers } from "./tiers";
import { Totals } from "./totals";
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
  return (
    <div className="stack">
      <Totals totals={predictions.totals} />
      <div className="halves">
        <Quality test={predictions.test} />
        <CalibrationPlot test={predictions.test} />
      </div>
      <div className="halves">
        <RiskSpread histogram={predictions.risk_histogram} />
        <Tiers tiers={predictions.tiers} />
      </div>
      <Factors factors={predictions.factors} />
      <ModelDetails predictions={predictions} />
    </div>
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
