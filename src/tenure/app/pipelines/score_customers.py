"""Third room of the loop: everybody's scores, written to the lake and laid out for the pages."""

from datetime import UTC

import pyarrow as pa

from tenure.app.wiring import Stores
from tenure.directory.customers.summaries.repository import replace_summaries
from tenure.directory.workspace.service import WorkspaceSettings
from tenure.features.build import FeatureTable
from tenure.kit.db import transaction
from tenure.risk import call_list, cards, estimate, facts, outlook, repository, scores, scoring
from tenure.risk.definition import Leaving
from tenure.risk.scored import Made, Scored, summaries
from tenure.risk.tables import Refresh
from tenure.risk.teaching import Taught
from tenure.warehouse.history import History, naive
from tenure.warehouse.lake import Written


def score_customers(
    history: History, features: FeatureTable, leaving: Leaving, taught: Taught, settings: WorkspaceSettings
) -> Scored:
    """Score everybody as of the history's instant."""
    found = facts.facts(history, features)
    risk = estimate.estimate(history, leaving, features, taught)
    expected = outlook.expect(history, features, found.net_share)
    return scoring.score(features, found, (risk, Made(taught.name, cards.version_of(taught))), expected, settings)


def write_scores(stores: Stores, history: History, scored: Scored) -> Written:
    """Write the scores to the lake."""
    now = naive(stores.clock.now())
    return scores.write(stores.lake, scored.customers, scored.scores(), history.as_of, now)


def write_summaries(stores: Stores, scored: Scored, refresh: Refresh) -> None:
    """Put the numbers of every customer, the call list and the pages into PostgreSQL, all at once."""
    stamp = {
        "as_of": pa.scalar(refresh.as_of.astimezone(UTC).replace(tzinfo=None), pa.timestamp("us")),
        "snapshot": pa.scalar(refresh.snapshot, pa.int64()),
    }
    with transaction(stores.engine) as session:
        replace_summaries(session, summaries(scored, stamp))
        repository.replace_candidates(session, call_list.candidates(scored))
        repository.keep_refresh(session, refresh)
