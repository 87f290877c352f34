import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";

import { useSay } from "../../i18n/text";
import { Loaded } from "../../ui/loaded";
import { Notes } from "../../ui/notes";
import { PageHeader } from "../../ui/page-header";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { cohortsQuery } from "./api";
import { CohortControls } from "./cohort-controls";
import { CohortTable } from "./cohort-table";
import { LifecyclePanel } from "./lifecycle-panel";
import { SecondOrderPanel } from "./second-order-panel";
import { useWords } from "./words";

const route = getRouteApi("/desk/cohorts");

/** Who started together, and how many stayed. */
export function CohortsPage() {
  const t = useWords();
  const say = useSay();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const question = {
    kind: search.kind ?? "exact",
    windows: search.windows ?? "anniversary",
    grain: search.grain ?? "month",
    measure: search.measure ?? "customers",
    brackets: search.brackets ?? "",
  } as const;
  const query = useQuery(cohortsQuery(question));
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={t("lead")} />
      <CohortControls question={question} onChange={(change) => void navigate({ search: (now) => ({ ...now, ...change }), replace: true })} />
      <Panel title={question.measure === "revenue" ? t("gridRevenue") : t("grid")} hint={t("gridHint")}>
        <Loaded query={query} skeleton={<Placeholder height={460} />}>
          {(cohorts) => (
            <>
              <CohortTable cohorts={cohorts} grain={question.grain} measure={question.measure} />
              <Notes notes={cohorts.notes.map(say)} />
            </>
          )}
        </Loaded>
      </Panel>
      <div className="halves">
        <SecondOrderPanel />
        <LifecyclePanel />
      </div>
    </div>
  );
}
