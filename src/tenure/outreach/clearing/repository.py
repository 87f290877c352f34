"""Every query of clearing: old sends in the order of their last change, by the index of that order, a bounded part each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from tenure.kit.db import Session

_FINISHED = "('accepted', 'delivered', 'failed', 'dropped', 'cancelled')"

# What the lake has not heard yet is kept, and what proves a word of consent: the message somebody answered.
OLD = f"""
    WITH page AS MATERIALIZED (
        SELECT s.id, s.message, s.step, s.channel, s.customer_id, s.changed_at FROM sends s
        WHERE s.changed_at < :cutoff AND s.changed_at >= :at AND (s.changed_at > :at OR s.id < :id) AND s.state IN {_FINISHED}
        ORDER BY s.changed_at, s.id DESC LIMIT :most)
    SELECT p.id, p.message, p.step, p.channel, p.changed_at,
           EXISTS (SELECT FROM message_news n WHERE n.send_id = p.id)
           OR EXISTS (SELECT FROM consent_records r WHERE r.customer_id = p.customer_id AND r.proof ->> 'send' = p.id) AS kept
    FROM page p ORDER BY p.changed_at, p.id DESC"""

_IN_USE = text("""
    SELECT g.message, g.step, g.channel, EXISTS (
        SELECT FROM sends n WHERE n.message = g.message AND n.step = g.step AND n.channel = g.channel
                              AND n.created_at >= :cutoff) AS in_use
    FROM unnest(CAST(:messages AS text[]), CAST(:steps AS text[]), CAST(:channels AS text[])) AS g(message, step, channel)""")

_GONE = text(f"""
    DELETE FROM sends WHERE id = ANY(CAST(:ids AS text[])) AND changed_at < :cutoff AND state IN {_FINISHED}""")

# That they had it stays, and what the lake tells of it; why it went, what it said, and each look at it go.
_BARED = (
    text(
        """DELETE FROM send_events WHERE send_id = ANY(CAST(:ids AS text[])) AND what IN ('queued', 'waiting', 'sending')"""
    ),
    text("DELETE FROM message_reads WHERE send_id = ANY(CAST(:ids AS text[]))"),
    text("DELETE FROM short_links WHERE send_id = ANY(CAST(:ids AS text[]))"),
    text("UPDATE sends SET parameters = '{}' WHERE id = ANY(CAST(:ids AS text[])) AND parameters <> '{}'"),
)

BESIDE: Mapping[str, str] = {
    "returned_mail": "id IN (SELECT id FROM returned_mail WHERE at < :cutoff ORDER BY at LIMIT :most)",
    "soft_bounces": """(address_key, send_id) IN (
        SELECT address_key, send_id FROM soft_bounces WHERE at < :cutoff ORDER BY at LIMIT :most)""",
    "confirmations": """record_id IN (
        SELECT record_id FROM confirmations WHERE state <> 'waiting' AND changed_at < :cutoff ORDER BY changed_at LIMIT :most)""",
    "dispatches": "id IN (SELECT id FROM dispatches WHERE ended_at < :cutoff ORDER BY id LIMIT :most)",
    "wecom_tasks": """id IN (
        SELECT t.id FROM wecom_tasks t WHERE t.changed_at < :cutoff AND t.state IN ('done', 'failed', 'expired')
          AND NOT EXISTS (SELECT FROM wecom_handed h WHERE h.task_id = t.id) ORDER BY t.id LIMIT :most)""",
}

Group = tuple[str, str, str]  # message, step, channel


@dataclass(frozen=True, slots=True)
class Old:
    """A send that is over and old enough to go, unless it is still of use and ``kept``."""

    id: str
    group: Group
    changed_at: datetime
    kept: bool


def old(session: Session, cutoff: datetime, after: tuple[datetime, str], most: int) -> Sequence[Old]:
    """Return old sends from after a place on, the oldest first."""
    at, last = after
    rows = session.execute(text(OLD), {"cutoff": cutoff, "at": at, "id": last, "most": most})
    return [Old(row.id, (row.message, row.step, row.channel), row.changed_at, row.kept) for row in rows]


def in_use(session: Session, groups: Iterable[Group], cutoff: datetime) -> dict[Group, bool]:
    """Say of messages whether anybody was asked for them since a moment."""
    asked = list(groups)
    if not asked:
        return {}
    messages, steps, channels = zip(*asked, strict=True)
    given = {"messages": list(messages), "steps": list(steps), "channels": list(channels), "cutoff": cutoff}
    return {(row.message, row.step, row.channel): row.in_use for row in session.execute(_IN_USE, given)}


def drop(session: Session, ids: Sequence[str], cutoff: datetime) -> int:
    """Delete old sends with all that hangs on them; returns how many."""
    return int(getattr(session.execute(_GONE, {"ids": list(ids), "cutoff": cutoff}), "rowcount", 0))


def bare(session: Session, ids: Sequence[str]) -> None:
    """Leave of old sends no more than that they were."""
    for sentence in _BARED:
        session.execute(sentence, {"ids": list(ids)})


def drop_beside(session: Session, table: str, cutoff: datetime, most: int) -> int:
    """Delete old rows of a table beside the ledger; returns how many."""
    gone = session.execute(text(f"DELETE FROM {table} WHERE {BESIDE[table]}"), {"cutoff": cutoff, "most": most})
    return int(getattr(gone, "rowcount", 0))
