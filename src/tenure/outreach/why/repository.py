"""The sends of one customer and what happened to each."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select, text

from tenure.kit.db import Session
from tenure.outreach.ledger.tables import Send, SendEvent

_RECORDS = """
    SELECT r.id FROM customers c
    JOIN customers r ON r.id = coalesce(c.merged_into, c.id) OR r.merged_into = coalesce(c.merged_into, c.id)
    WHERE c.id = :customer_id"""


def sends_of(session: Session, customer_id: str, message: str | None, limit: int) -> Sequence[Send]:
    """Return a customer's sends, those of merged records included, newest first; of one message or of all."""
    records = session.execute(text(_RECORDS), {"customer_id": customer_id}).scalars().all() or [customer_id]
    asked = select(Send).where(Send.customer_id.in_(records))
    if message is not None:
        asked = asked.where(Send.message == message)
    return session.scalars(asked.order_by(Send.changed_at.desc(), Send.id).limit(limit)).all()


def events_of(session: Session, sends: Sequence[str]) -> dict[str, list[SendEvent]]:
    """Return what happened to sends, in order."""
    found: dict[str, list[SendEvent]] = defaultdict(list)
    for event in session.scalars(select(SendEvent).where(SendEvent.send_id.in_(sends)).order_by(SendEvent.id)):
        found[event.send_id].append(event)
    return found
