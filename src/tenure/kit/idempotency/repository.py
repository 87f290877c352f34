"""Keeping and finding answers by idempotency key."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from tenure.kit.idempotency.tables import IdempotencyKey

KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class Kept:
    """What is known of a key: the request it came with, and the answer, if there is one yet."""

    request_hash: str
    status: int | None
    content_type: str | None
    body: bytes | None


def reserve(session: Session, caller: str, key: str, request_hash: str, now: datetime) -> Kept | None:
    """Take a key for a request; returns None when it is ours now, else what is known of it."""
    row = IdempotencyKey
    session.execute(delete(row).where(row.created_at < now - KEPT))
    taken = session.execute(
        insert(row)
        .values(caller=caller, key=key, request_hash=request_hash, created_at=now)
        .on_conflict_do_nothing()
        .returning(row.key)
    ).first()
    if taken is not None:
        return None
    found = session.scalars(select(row).where(row.caller == caller, row.key == key)).one()
    return Kept(found.request_hash, found.status, found.content_type, found.body)


def keep(session: Session, caller: str, key: str, answer: Kept) -> None:
    """Keep the answer to a request, for whoever sends it again."""
    told = {"status": answer.status, "content_type": answer.content_type, "body": answer.body}
    row = IdempotencyKey
    session.execute(update(row).where(row.caller == caller, row.key == key).values(**told))


def release(session: Session, caller: str, key: str) -> None:
    """Give a key back: nothing was done with it."""
    row = IdempotencyKey
    session.execute(delete(row).where(row.caller == caller, row.key == key, row.status.is_(None)))
