"""Every query of the outbox.

A topic is a table of the lake, or begins with ``@``: what is written under such a topic still has to be worked out,
and is carried by whoever wrote it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from tenure.kit.stream.tables import StreamKey, StreamRow

ONE_MOVER = 7_368_772  # advisory lock: movers take turns, so a batch is never carried by two


_BETWEEN = "\x1f"
_CLAIM = """
WITH told AS (SELECT unnest(string_to_array(:keys, chr(31))) AS key), fresh AS (
    INSERT INTO stream_keys (topic, key, recorded_at) SELECT :topic, key, :at FROM told
    ON CONFLICT DO NOTHING RETURNING key
)
SELECT key FROM told EXCEPT SELECT key FROM fresh"""
_APPEND_JSON = "INSERT INTO stream (topic, payload, recorded_at) VALUES (:topic, CAST(:payload AS jsonb), :at)"
_HALVE = """
    WITH parts AS (
        SELECT id, ntile(2) OVER (ORDER BY id) AS half, count(*) OVER () AS rows FROM stream WHERE batch_id = :batch)
    UPDATE stream SET batch_id = stream.batch_id || '/' || parts.half FROM parts
    WHERE stream.id = parts.id AND parts.rows > 1 RETURNING stream.batch_id"""


@dataclass(frozen=True)
class Entry:
    """Something that happened: which table it belongs to, what makes it unique, and the row itself."""

    topic: str
    key: str
    payload: dict[str, object]


def append(session: Session, entries: Sequence[Entry], recorded_at: datetime) -> int:
    """Write entries whose (topic, key) was never seen; returns how many were new."""
    if not entries:
        return 0
    unique = {(entry.topic, entry.key): entry for entry in entries}
    keys = [{"topic": topic, "key": key, "recorded_at": recorded_at} for topic, key in unique]
    fresh = session.execute(
        upsert(StreamKey).on_conflict_do_nothing().returning(StreamKey.topic, StreamKey.key), keys
    ).all()
    rows = [{"topic": topic, "payload": unique[topic, key].payload, "recorded_at": recorded_at} for topic, key in fresh]
    if rows:
        session.execute(insert(StreamRow), rows)
    return len(rows)


def claim(session: Session, topic: str, keys: Sequence[str], recorded_at: datetime) -> set[str]:
    """Take keys for good; returns those somebody had taken before. In one order everywhere, so that none waits in a ring.

    Keys travel as one text, and only what was taken is sent back: a list of thousands costs more than the work.
    """
    told = _BETWEEN.join(sorted(set(keys)))
    return set(session.execute(text(_CLAIM), {"topic": topic, "keys": told, "at": recorded_at}).scalars())


def append_json(session: Session, rows: Sequence[tuple[str, str]], recorded_at: datetime) -> None:
    """Write rows whose payload is JSON text already: (topic, payload). Their keys were claimed before."""
    values = [{"topic": topic, "payload": payload, "at": recorded_at} for topic, payload in rows]
    session.execute(text(_APPEND_JSON), values)


def take_turn(session: Session, lock: int = ONE_MOVER) -> bool:
    """Take a mover's lock for this transaction; False when another mover holds it."""
    return bool(session.scalar(select(func.pg_try_advisory_xact_lock(lock))))


def unfinished_batches(session: Session, topic: str | None = None) -> list[str]:
    """Return batches that were taken before but never reported as carried over."""
    taken = select(StreamRow.batch_id).where(StreamRow.batch_id.is_not(None), _of(topic))
    return [batch for batch in session.scalars(taken.distinct()) if batch is not None]


def take_batch(session: Session, batch_id: str, size: int, topic: str | None = None) -> int:
    """Mark up to ``size`` waiting rows as one batch, oldest first; returns how many."""
    waits = select(StreamRow.id).where(StreamRow.batch_id.is_(None), _of(topic))
    oldest = waits.order_by(StreamRow.id).limit(size).with_for_update()
    taken = session.execute(
        update(StreamRow)
        .where(StreamRow.id.in_(oldest.scalar_subquery()))
        .values(batch_id=batch_id)
        .returning(StreamRow.id)
    )
    return len(taken.all())


def rows_of(session: Session, batch_id: str) -> dict[str, list[tuple[dict[str, object], datetime]]]:
    """Return a batch's payloads with their recording times, by topic, in the order they were written."""
    found = session.execute(
        select(StreamRow.topic, StreamRow.payload, StreamRow.recorded_at)
        .where(StreamRow.batch_id == batch_id)
        .order_by(StreamRow.id)
    )
    by_topic: dict[str, list[tuple[dict[str, object], datetime]]] = {}
    for topic, payload, recorded_at in found:
        by_topic.setdefault(topic, []).append((payload, recorded_at))
    return by_topic


def forget_batch(session: Session, batch_id: str) -> None:
    """Drop a batch's rows once the lake has them."""
    session.execute(delete(StreamRow).where(StreamRow.batch_id == batch_id))


def forget_keys(session: Session, before: datetime) -> int:
    """Drop idempotency keys recorded before a moment; returns how many."""
    dropped = session.execute(delete(StreamKey).where(StreamKey.recorded_at < before))
    return int(dropped.rowcount)  # type: ignore[attr-defined]  # millions of them: nothing is sent back


def halve(session: Session, batch_id: str) -> list[str]:
    """Make two batches of one, so that a row that cannot be carried is found; returns their names, or none for one row."""
    halves = session.execute(text(_HALVE), {"batch": batch_id}).scalars()
    return sorted(set(halves))


def set_aside(session: Session, rows: ColumnElement[bool], topic: str) -> None:
    """Keep rows that cannot be carried under a topic of their own, for somebody to look at."""
    session.execute(update(StreamRow).where(rows).values(topic=topic, batch_id=None))


def set_batch_aside(session: Session, batch_id: str, topic: str) -> None:
    """Keep the rows of a batch that cannot be carried."""
    set_aside(session, StreamRow.batch_id == batch_id, topic)


def set_first_aside(session: Session, from_topic: str, topic: str) -> None:
    """Keep the oldest waiting row of a topic, which cannot be carried."""
    first = select(func.min(StreamRow.id)).where(StreamRow.topic == from_topic).scalar_subquery()
    set_aside(session, StreamRow.id == first, topic)


def peek(session: Session, topic: str, size: int) -> list[tuple[int, dict[str, object], datetime]]:
    """Return up to ``size`` waiting rows of a topic, oldest first, for work that ends in the same transaction."""
    query = select(StreamRow.id, StreamRow.payload, StreamRow.recorded_at).where(StreamRow.topic == topic)
    waits = query.where(StreamRow.batch_id.is_(None)).order_by(StreamRow.id).limit(size)
    return [(row.id, row.payload, row.recorded_at) for row in session.execute(waits)]


def drop(session: Session, ids: Sequence[int]) -> None:
    """Drop rows whose work is done."""
    session.execute(delete(StreamRow).where(StreamRow.id.in_(ids)))


def pressure(session: Session, topic: str) -> tuple[int, datetime | None]:
    """Return how many rows of a topic wait, and since when the oldest does."""
    waits = select(func.count(), func.min(StreamRow.recorded_at)).where(StreamRow.topic == topic)
    row = session.execute(waits).one()
    return int(row[0]), row[1]


def _of(topic: str | None) -> ColumnElement[bool]:
    return StreamRow.topic.not_like("@%") if topic is None else StreamRow.topic == topic


def waiting(session: Session) -> int:
    """Return how many rows have not reached the lake yet."""
    return session.scalar(select(func.count()).select_from(StreamRow)) or 0
