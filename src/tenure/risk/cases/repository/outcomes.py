"""What became of the cases each signal was part of."""

from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

_BY_SIGNAL = """
SELECT r.signal, coalesce(c.outcome, c.state) AS ending, count(DISTINCT c.id) AS cases
FROM raised_signals r JOIN risk_cases c ON c.id = r.case_id
GROUP BY r.signal, ending"""
_LOAD = """
SELECT r.signal, count(*) AS raised FROM raised_signals r
WHERE r.as_of > (SELECT max(as_of) FROM raised_signals) - interval '28 days' GROUP BY r.signal"""

_BEFORE = """
SELECT customer_id, signal, as_of FROM raised_signals
WHERE as_of <= :moment AND as_of > CAST(:moment AS timestamptz) - interval '365 days'"""


def by_signal(session: Session) -> dict[str, dict[str, int]]:
    """Return for every signal how many of its cases ended how, or are open or snoozed."""
    found: dict[str, dict[str, int]] = {}
    for row in session.execute(text(_BY_SIGNAL)):
        found.setdefault(row.signal, {})[row.ending] = int(row.cases)
    return found


def raised_before(session: Session, moment: datetime) -> list[dict[str, Any]]:
    """Return every signal raised as of an instant before a moment, and no longer than a year before it."""
    found = session.execute(text(_BEFORE), {"moment": moment})
    return [dict(row) for row in found.mappings()]


def raised_in_four_weeks(session: Session) -> dict[str, int]:
    """Return how often every signal was raised in the last four weeks that were watched."""
    return {row.signal: int(row.raised) for row in session.execute(text(_LOAD))}
