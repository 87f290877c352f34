"""Every query that shows sends to members, one by one or counted."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import text

from tenure.kit.db import Session
from tenure.outreach.ledger.listing import SendFilter, Shown

_WHERE = {
    "channel": "s.via = :channel",
    "state": "s.state = :state",
    "message": "s.message = :message",
    "customer_id": "s.customer_id = :customer_id",
    "since": "s.changed_at >= :since",
    "until": "s.changed_at < :until",
}


def listed(session: Session, wanted: SendFilter, limit: int, after: tuple[datetime, str] | None) -> list[Shown]:
    """Return sends, the last changed first, from after a place on; messages by the names people know them by."""
    given, clauses = _asked(wanted)
    if after is not None:
        clauses.append("(s.changed_at < :at OR (s.changed_at = :at AND s.id > :id))")
        given |= {"at": after[0], "id": after[1]}
    where = " AND ".join(clauses) or "true"
    found = session.execute(
        text(f"""
            SELECT s.id, s.message, m.name AS message_name, s.version, s.step, s.customer_id, c.name AS customer_name,
                   s.channel, s.via, s.state, s.due_at, s.changed_at, s.attempts, s.error
            FROM sends s LEFT JOIN customers c ON c.id = s.customer_id LEFT JOIN messages m ON m.id = s.message
            WHERE {where} ORDER BY s.changed_at DESC, s.id LIMIT :limit"""),
        {**given, "limit": limit},
    )
    return [Shown(**row) for row in found.mappings()]


def counted(session: Session, wanted: SendFilter) -> dict[str, int]:
    """Return how many of the sends somebody wants to see are in each state, whatever state they chose."""
    given, clauses = _asked(replace(wanted, state=None))
    where = " AND ".join(clauses) or "true"
    found = session.execute(text(f"SELECT s.state, count(*) FROM sends s WHERE {where} GROUP BY s.state"), given)
    return {state: int(number) for state, number in found}


def counts(session: Session, message: str | None = None) -> dict[str, int]:
    """Return how many sends are in each state, of one message or of all."""
    found = session.execute(
        text(
            "SELECT state, count(*) FROM sends WHERE CAST(:message AS text) IS NULL OR message = :message GROUP BY state"
        ),
        {"message": message},
    )
    return {state: int(number) for state, number in found}


def _asked(wanted: SendFilter) -> tuple[dict[str, object], list[str]]:
    given = {name: getattr(wanted, name) for name in _WHERE if getattr(wanted, name)}
    return given, [_WHERE[name] for name in given]
