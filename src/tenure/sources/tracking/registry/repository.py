"""Every query about seen and expected events and about violations."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from tenure.sources.tracking.keys.tables import WriteKey
from tenure.sources.tracking.tables import ExpectedEvent, SeenEvent, SeenProperty, TrackingViolation


def seen(session: Session, limit: int) -> Sequence[SeenEvent]:
    """Return seen events, the latest first."""
    return session.scalars(select(SeenEvent).order_by(SeenEvent.last_at.desc(), SeenEvent.name).limit(limit)).all()


def properties_of(session: Session, events: Sequence[str]) -> Sequence[SeenProperty]:
    """Return the properties that events came with, the most frequent first."""
    query = select(SeenProperty).where(SeenProperty.event.in_(events))
    return session.scalars(query.order_by(SeenProperty.event, SeenProperty.count.desc(), SeenProperty.property)).all()


def expected_event(session: Session, name: str) -> ExpectedEvent | None:
    """Return one expected event."""
    return session.get(ExpectedEvent, name)


def put_expected(session: Session, values: dict[str, object]) -> None:
    """Write an expected event, new or in place of what it was."""
    written = insert(ExpectedEvent).values(values)
    changed = {name: value for name, value in values.items() if name != "name"}
    session.execute(written.on_conflict_do_update(index_elements=[ExpectedEvent.name], set_=changed))


def drop_expected(session: Session, name: str) -> None:
    """Expect an event no more."""
    session.execute(delete(ExpectedEvent).where(ExpectedEvent.name == name))


def violations(session: Session, limit: int) -> Sequence[tuple[TrackingViolation, str | None]]:
    """Return violations with the names of their sources, the latest first."""
    named = select(TrackingViolation, WriteKey.name).join(
        WriteKey, WriteKey.id == TrackingViolation.key_id, isouter=True
    )
    newest = named.order_by(TrackingViolation.last_at.desc(), TrackingViolation.count.desc()).limit(limit)
    return [(row[0], row[1]) for row in session.execute(newest)]


def forget_violations(session: Session, before: datetime) -> int:
    """Drop violations that were last seen before an instant; returns how many."""
    gone = delete(TrackingViolation).where(TrackingViolation.last_at <= before).returning(TrackingViolation.code)
    return len(session.execute(gone).all())
