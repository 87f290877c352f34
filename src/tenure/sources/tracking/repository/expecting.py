"""Events somebody declared."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenure.sources.tracking.expected import Expected, Property
from tenure.sources.tracking.tables import ExpectedEvent


def expected(session: Session) -> Expected:
    """Return the expected events by name."""
    return {row.name: declared(row) for row in events(session)}


def events(session: Session) -> Sequence[ExpectedEvent]:
    """Return the expected events in order of their names."""
    return session.scalars(select(ExpectedEvent).order_by(ExpectedEvent.name)).all()


def event(session: Session, name: str) -> ExpectedEvent | None:
    """Return one expected event."""
    return session.get(ExpectedEvent, name)


def declared(row: ExpectedEvent) -> dict[str, Property]:
    """Return what an expected event's properties must be."""
    told = [one for one in row.properties if isinstance(one, dict)]
    return {str(one["name"]): Property(str(one["type"]), bool(one["required"])) for one in told}
