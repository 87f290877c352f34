"""Third room of the loop: everybody's scores, written to the lake and laid out for the pages."""

import numpy as np

from tenure.app.pipelines.stages import Stages
from tenure.app.wiring import Stores
from tenure.directory.workspace import service as workspace
from tenure.directory.workspace.service import ChurnDefinition, FoundChurn, WorkspaceSettings
from tenure.features.build import FeatureTable
from tenure.kit.db import transaction
from tenure.risk import contracts, estimate, facts, outlook, scores, scoring, service
from tenure.risk.definition import Leaving
from tenure.risk.findings import Findings
from tenure.risk.health import score as health
from tenure.risk.health import service as health_service
from tenure.risk.health.points import points
from tenure.risk.scored import Made, Scored
from tenure.risk.scores import Stamp
from tenure.risk.teaching.taught import Taught
from tenure.warehouse.history import History, naive
from tenure.warehouse.lake import Written


def score_customers(
    history: History, features: FeatureTable, leaving: Leaving, taught: Taught, settings: WorkspaceSettings
) -> tuple[Scored, Taught]:
    """Score everybody as of the history's instant; returns the scores and the model they come from."""
    found = facts.facts(history, features)
    judged = estimate.assess(history, leaving, features, found, taught)
    if judged.monthly is None:
        expected = outlook.expect(history, features, found.net_share)
    else:
        expected = outlook.by_fee(judged.monthly, 1 - np.nan_to_num(judged.risk.probability))
    risk = judged.risk
    held = contracts.contracts(history, features, leaving.grace_days)
    if held is not None:
        expected, risk = contracts.with_fees(expected, held), contracts.with_contracts(risk, held, leaving.window_days)
    made = Made(judged.taught.name, judged.taught.version)
    return scoring.score(features, found, (risk, made), expected, settings, judged.words), judged.taught


def write_scores(stores: Stores, history: History, scored: Scored, stages: Stages) -> Written:
    """Write the scores, and health beside them, to the lake, recorded when the work was begun."""
    with transaction(stores.engine) as session:
        weights = health_service.weights(session)
    found = health.scores(
        scored.risk, (scored.risk_model.name, scored.risk_model.version), points(scored.features.columns, weights)
    )
    stamp = Stamp(history.as_of, naive(stages.now), stages.snapshot)
    return scores.write(stores.lake, scored.customers, [*scored.scores(), *found], stamp)


def write_findings(
    stores: Stores, findings: Findings, scored: Scored, churn: tuple[FoundChurn | None, ChurnDefinition | None]
) -> None:
    """Put the numbers of every customer, the call list, the pages and what leaving means into PostgreSQL, all at once."""
    with transaction(stores.engine) as session:
        service.load_numbers(session, findings, scored)
        workspace.keep_churn(session, *churn, findings.refreshed_at)
        service.keep_findings(session, findings, scored)
