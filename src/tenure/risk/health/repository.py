"""The settings of health as they are kept."""

from datetime import datetime

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from tenure.risk.health.tables import HealthSettings

_THERE = "INSERT INTO health_settings (id) VALUES (1) ON CONFLICT DO NOTHING"


def load(session: Session) -> HealthSettings | None:
    """Return the row, once something was chosen or compared."""
    return session.scalars(select(HealthSettings)).first()


def keep_weights(session: Session, weights: dict[str, object]) -> None:
    """Keep the weights of the points score."""
    session.execute(text(_THERE))
    session.execute(update(HealthSettings).values(weights=weights))


def keep_comparison(session: Session, comparison: dict[str, object], as_of: datetime) -> None:
    """Keep how the two scores compared."""
    session.execute(text(_THERE))
    session.execute(update(HealthSettings).values(comparison=comparison, compared_as_of=as_of))
