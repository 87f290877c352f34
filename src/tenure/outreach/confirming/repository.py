"""Every query of confirmations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, text, update

from tenure.kit.db import Session
from tenure.outreach.confirming.tables import Confirmation

# A word that was taken back or given meanwhile needs no message, nor one whose person said no to everything since.
_DUE = text("""
    SELECT w.record_id, w.customer_id, w.purpose, w.channel, w.wording,
           CASE WHEN w.channel = ANY(CAST(:own AS text[])) THEN w.channel ELSE 'email' END AS via,
           w.at > :oldest
           AND EXISTS (SELECT FROM consents c WHERE c.customer_id = w.customer_id AND c.purpose = w.purpose
                       AND c.channel = w.channel AND c.state = 'pending')
           AND NOT EXISTS (SELECT FROM consents n WHERE n.customer_id = w.customer_id AND n.state = 'withdrawn'
                           AND n.purpose IN ('any', w.purpose) AND n.channel IN ('any', w.channel) AND n.at >= w.at)
             AS open,
           (SELECT count(*) FROM confirmations o
            WHERE o.customer_id = w.customer_id AND o.purpose = w.purpose AND o.channel = w.channel
              AND o.state = 'asked' AND o.changed_at > :a_day_ago) AS asked_today,
           EXISTS (SELECT FROM confirmations o
                   WHERE o.customer_id = w.customer_id AND o.purpose = w.purpose AND o.channel = w.channel
                     AND o.state = 'asked' AND o.changed_at > :lately) AS asked_lately
    FROM confirmations w
    WHERE w.state = 'waiting' AND ('email' = ANY(CAST(:usable AS text[])) OR w.channel = ANY(CAST(:own AS text[])))
    ORDER BY w.record_id LIMIT :most FOR UPDATE OF w SKIP LOCKED""")

_STANDING = text("""
    SELECT count(*) FILTER (WHERE f.state = 'waiting') AS waiting,
           count(*) FILTER (WHERE f.state = 'asked') AS asked,
           count(DISTINCT (f.customer_id, f.purpose, f.channel)) FILTER (WHERE f.state = 'asked' AND c.state = 'granted')
             AS confirmed
    FROM confirmations f
    LEFT JOIN consents c ON c.customer_id = f.customer_id AND c.purpose = f.purpose AND c.channel = f.channel
                        AND c.at >= f.at
    WHERE f.state = 'waiting' OR f.changed_at > :since""")

# What was asked for but has not left is of no use once there is nothing to confirm.
_NEEDLESS = text("""
    WITH gone AS (
        UPDATE sends s SET state = 'cancelled', changed_at = :now
        WHERE s.message = :message AND s.state IN ('queued', 'held') AND s.parameters ? 'confirms'
          AND NOT EXISTS (SELECT FROM consents c WHERE c.customer_id = s.customer_id AND c.state = 'pending'
                          AND c.purpose = s.parameters #>> '{confirms,purpose}'
                          AND c.channel = s.parameters #>> '{confirms,channel}')
        RETURNING s.id)
    INSERT INTO send_events (send_id, at, what, details)
    SELECT id, :now, 'cancelled', '{"by": "consent"}'::jsonb FROM gone""")


@dataclass(frozen=True, slots=True)
class Due:
    """A word somebody must be asked about, over which channel, and what speaks against it."""

    record_id: int
    customer_id: str
    purpose: str
    channel: str
    wording: str | None
    via: str
    open: bool
    asked_today: int
    asked_lately: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """How many wait to be asked, were asked, and confirmed."""

    waiting: int
    asked: int
    confirmed: int


def due(
    session: Session, usable: Sequence[str], own: Sequence[str], oldest: datetime, lately: datetime, now: datetime
) -> list[Due]:
    """Return whom to ask next: over their own channel where that can (``own``), else by mail; other workers skip them."""
    found = session.execute(
        _DUE,
        {
            "usable": list(usable),
            "own": list(own),
            "oldest": oldest,
            "lately": lately,
            "a_day_ago": now - timedelta(days=1),
            "most": 500,
        },
    )
    return [Due(**row) for row in found.mappings()]


def settle(session: Session, records: Sequence[int], state: str, now: datetime) -> None:
    """Write down what became of words."""
    changed = update(Confirmation).where(Confirmation.record_id.in_(records))
    session.execute(changed.values(state=state, changed_at=now))


def waits(session: Session) -> bool:
    """Say whether anybody waits to be asked."""
    asked = select(Confirmation.record_id).where(Confirmation.state == "waiting").limit(1)
    return session.scalar(asked) is not None


def counted(session: Session, since: datetime) -> Counted:
    """Return how many wait, and how many were asked and confirmed since a moment."""
    return Counted(**session.execute(_STANDING, {"since": since}).mappings().one())


def cancel_needless(session: Session, message: str, now: datetime) -> None:
    """Take back what asks for a yes that is not waited for any more."""
    session.execute(_NEEDLESS, {"message": message, "now": now})
