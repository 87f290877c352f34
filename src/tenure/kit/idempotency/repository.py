"""Keeping and finding answers by idempotency key.

Whoever takes a key holds it: by a lease that a living process renews, and by the row's lock while the work's own
transaction is open. That the work was done is committed with the work. So a key whose holder died is known to be
either done or untouched, and may be taken over in the second case.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, true, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from tenure.kit.errors import Conflict
from tenure.kit.i18n import Text
from tenure.kit.idempotency.tables import IdempotencyKey

KEPT = timedelta(hours=24)
LEASE = timedelta(seconds=60)
_LOST = Text("Another attempt with this key has taken over.", "使用该键的另一次请求已接管。")


@dataclass(frozen=True)
class Held:
    """A key in the hands of one attempt to carry its request out."""

    caller: str
    key: str
    holder: str


@dataclass(frozen=True)
class Kept:
    """What is known of a key: the request it came with, whether that was done, and the answer, if there is one yet."""

    request_hash: str
    status: int | None
    content_type: str | None
    body: bytes | None
    done: bool = True


def reserve(session: Session, mine: Held, request_hash: str, now: datetime) -> Kept | None:
    """Take a key for a request; returns None when it is ours now, else what is known of it."""
    row = IdempotencyKey
    session.execute(delete(row).where(row.created_at < now - KEPT))
    lease = {"holder": mine.holder, "leased_until": now + LEASE}
    fresh = insert(row).values(caller=mine.caller, key=mine.key, request_hash=request_hash, created_at=now, **lease)
    if session.execute(fresh.on_conflict_do_nothing().returning(row.key)).first() is not None:
        return None
    found = session.scalars(select(row).where(*_of(mine))).one()
    abandoned = found.status is None and not found.done and (found.leased_until is None or found.leased_until < now)
    if abandoned and found.request_hash == request_hash and _free(session, mine):
        session.execute(update(row).where(*_of(mine)).values(**lease))
        return None
    return Kept(found.request_hash, found.status, found.content_type, found.body, found.done)


def renew(session: Session, mine: Held, now: datetime) -> None:
    """Hold a key for longer; where the work's transaction locks it, nothing needs to be done."""
    if _free(session, mine, by_me=True):
        session.execute(update(IdempotencyKey).where(*_of(mine)).values(leased_until=now + LEASE))


def begin_work(session: Session, mine: Held) -> None:
    """Lock a key in the transaction that does the work, or raise ``Conflict`` when somebody else took it over."""
    locked = select(IdempotencyKey.key).where(*_of(mine, by_me=True)).with_for_update()
    if session.execute(locked).first() is None:
        raise Conflict(_LOST)


def end_work(session: Session, mine: Held) -> None:
    """Say, in the transaction that did the work, that it is done."""
    session.execute(update(IdempotencyKey).where(*_of(mine)).values(done=True))


def keep(session: Session, mine: Held, answer: Kept) -> None:
    """Keep the answer to a request, for whoever sends it again."""
    told = {"status": answer.status, "content_type": answer.content_type, "body": answer.body, "done": True}
    session.execute(update(IdempotencyKey).where(*_of(mine, by_me=True)).values(**told))


def release(session: Session, mine: Held) -> None:
    """Give a key back where nothing was done with it."""
    row = IdempotencyKey
    session.execute(delete(row).where(*_of(mine, by_me=True), row.status.is_(None), ~row.done))


def _of(mine: Held, *, by_me: bool = False) -> tuple[ColumnElement[bool], ...]:
    row = IdempotencyKey
    return row.caller == mine.caller, row.key == mine.key, row.holder == mine.holder if by_me else true()


def _free(session: Session, mine: Held, *, by_me: bool = False) -> bool:
    """Lock a key if no transaction works under it."""
    locked = select(IdempotencyKey.key).where(*_of(mine, by_me=by_me)).with_for_update(skip_locked=True)
    return session.execute(locked).first() is not None
