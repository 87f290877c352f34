"""The verbs of health: read and change the weights, keep a comparison."""

from datetime import datetime

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.kit.db import Session
from tenure.risk.health import repository
from tenure.risk.health.points import WEIGHTS, check


def weights(session: Session) -> dict[str, float]:
    """Return the weights of the points score."""
    row = repository.load(session)
    chosen = {} if row is None or row.weights is None else row.weights
    return {name: float(str(chosen.get(name, usual))) for name, usual in WEIGHTS.items()}


def change_weights(session: Session, wanted: dict[str, float], actor: Principal, now: datetime) -> dict[str, float]:
    """Keep new weights; the next refresh scores with them."""
    before = weights(session)
    after = {**before, **wanted}
    check(after)
    repository.keep_weights(session, dict(after))
    audit.record(session, actor, audit.Change("health.weights", "health", "1", before, after), now)
    return after


def comparison(session: Session) -> tuple[dict[str, object], datetime] | None:
    """Return how the two scores compared, and as of when; None before the first time."""
    row = repository.load(session)
    if row is None or row.comparison is None or row.compared_as_of is None:
        return None
    return row.comparison, row.compared_as_of


def keep_comparison(session: Session, found: dict[str, object], as_of: datetime) -> None:
    """Keep how the two scores compared."""
    repository.keep_comparison(session, found, as_of)
