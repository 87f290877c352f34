"""Second room of the loop: the churn model, taught when it is due and kept with its card."""

from datetime import UTC, timedelta

from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.risk import cards, repository, teaching
from tenure.risk.cards import Stamp
from tenure.risk.definition import Leaving
from tenure.risk.tables import FittedModel
from tenure.risk.teaching import Taught
from tenure.warehouse.history import History

DUE_AFTER = timedelta(days=7)
MOST_NEW = 0.02  # of the days of activity: an import that adds more is worth a new lesson


def train_models(stores: Stores, history: History, leaving: Leaving) -> Taught:
    """Return the churn model to score with: the one kept while it is fresh, else a new one, then kept."""
    known_at = history.as_of.replace(tzinfo=UTC)
    with transaction(stores.engine) as session:
        found = repository.model_for(session, cards.KIND, cards.definition_of(leaving), known_at)
        if found is not None and not _due(found, history, leaving):
            return cards.taught_from(found)
    taught = teaching.teach(history, leaving)
    row = cards.kept(taught, leaving, Stamp(history.as_of, stores.clock.now(), stores.lake.snapshot()))
    if row is not None:
        with transaction(stores.engine) as session:
            repository.keep_model(session, row)
    return taught


def _due(found: FittedModel, history: History, leaving: Leaving) -> bool:
    age = history.as_of.replace(tzinfo=UTC) - found.as_of
    days = found.card["days"]
    before = days if isinstance(days, int) else 0
    return age >= DUE_AFTER or abs(leaving.span.days - before) > MOST_NEW * max(before, 1)
