"""Every query of the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from tenure.kit.stream.tables import StreamKey, StreamRow

_ONE_MOVER = 7_368_772  # advisory lock: movers take turns, so a batch is never carried by two


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


def take_turn(session: Session) -> bool:
    """Take the mover's lock for this transaction; False when another mover holds it."""
    return bool(session.scalar(select(func.pg_try_advisory_xact_lock(_ONE_MOVER))))


def unfinished_batches(session: Session) -> list[str]:
    """Return batches that were taken before but never reported as carried over."""
    found = session.scalars(select(StreamRow.batch_id).where(StreamRow.batch_id.is_not(None)).distinct())
    return [batch for batch in found if batch is not None]


def take_batch(session: Session, batch_id: str, size: int) -> int:
    """Mark up to ``size`` waiting rows as one batch, oldest first; returns how many."""
    oldest = (
        select(StreamRow.id).where(StreamRow.batch_id.is_(None)).order_by(StreamRow.id).limit(size).with_for_update()
    )
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
    dropped = session.execute(delete(StreamKey).where(StreamKey.recorded_at < before).returning(text("1")))
    return len(dropped.all())


def waiting(session: Session) -> int:
    """Return how many rows have not reached the lake yet."""
    return session.scalar(select(func.count()).select_from(StreamRow)) or 0
