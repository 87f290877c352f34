"""Second room of the loop: the churn model, taught when it is due and kept with its card."""

from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.risk import service, teaching
from tenure.risk.cards import Stamp
from tenure.risk.definition import Leaving
from tenure.risk.teaching import Taught
from tenure.warehouse.history import History


def train_models(stores: Stores, history: History, leaving: Leaving) -> Taught:
    """Return the churn model to score with: the one kept while it is fresh, else a new one, then kept."""
    with transaction(stores.engine) as session:
        found = service.kept_model(session, leaving, history.as_of)
    if found is not None:
        return found
    taught = teaching.teach(history, leaving)
    with transaction(stores.engine) as session:
        service.keep_model(session, taught, leaving, Stamp(history.as_of, stores.clock.now(), stores.lake.snapshot()))
    return taught
