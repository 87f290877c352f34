"""Every query about the erased."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, null, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from tenure.directory.customers.erased.tables import ErasedKey, Erasure, KeptConsent
from tenure.kit.db import Session
from tenure.kit.errors import NotFound
from tenure.kit.i18n import Text

MANY = 10_000  # values that go to the database at once


def bury(session: Session, keys: Sequence[tuple[str, str]], erasure_id: str, now: datetime) -> None:
    """Write down hashes (kind, key) of somebody who is being erased."""
    for begin in range(0, len(keys), MANY):
        rows = [
            {"kind": kind, "key": key, "erasure_id": erasure_id, "at": now} for kind, key in keys[begin : begin + MANY]
        ]
        session.execute(upsert(ErasedKey).on_conflict_do_nothing(), rows)


def known(session: Session) -> dict[tuple[str, str], str]:
    """Return the erasure of every hash (kind, key)."""
    rows = session.execute(select(ErasedKey.kind, ErasedKey.key, ErasedKey.erasure_id))
    return {(row.kind, row.key): row.erasure_id for row in rows}


def among(session: Session, kind: str, keys: Sequence[str]) -> set[str]:
    """Return which hashes of a kind are of the erased."""
    found = select(ErasedKey.key).where(ErasedKey.kind == kind, ErasedKey.key.in_(keys))
    return set(session.scalars(found))


def version(session: Session) -> tuple[int, datetime | None]:
    """Return something that changes whenever somebody is erased or let back in."""
    row = session.execute(select(func.count(), func.max(ErasedKey.at))).one()
    return int(row[0]), row[1]


def lift(session: Session, keys: Sequence[tuple[str, str]]) -> int:
    """Let whoever carries these hashes be taken in again; returns how many hashes went."""
    gone = 0
    for kind, key in keys:
        done = session.execute(
            delete(ErasedKey).where(ErasedKey.kind == kind, ErasedKey.key == key).returning(ErasedKey.key)
        )
        gone += len(done.all())
    return gone


def add(session: Session, row: Erasure) -> None:
    """Store a new erasure."""
    session.add(row)
    session.flush()


def find(session: Session, erasure_id: str) -> Erasure:
    """Return one erasure, or raise ``NotFound``."""
    row = session.get(Erasure, erasure_id, populate_existing=True)
    if row is None:
        raise NotFound(Text(f"There is no erasure {erasure_id[:60]}.", f"没有编号为 {erasure_id[:60]} 的删除记录。"))
    return row


def change(session: Session, erasure_id: str, values: Mapping[str, object]) -> None:
    """Set some columns of an erasure."""
    session.execute(update(Erasure).where(Erasure.id == erasure_id).values(**values))


def end(
    session: Session, erasure_id: str, receipt: Mapping[str, object], found: Sequence[object], now: datetime
) -> None:
    """Store the receipt of an erasure, and forget whom it was about."""
    values = {"people": null(), "receipt": dict(receipt), "found": list(found), "ended_at": now}
    session.execute(update(Erasure).where(Erasure.id == erasure_id).values(**values))


def under_way(session: Session) -> Sequence[Erasure]:
    """Return the erasures that have not come to their end, oldest first."""
    return session.scalars(select(Erasure).where(Erasure.ended_at.is_(None)).order_by(Erasure.asked_at)).all()


def listed(session: Session, limit: int, after: tuple[datetime, str] | None) -> Sequence[Erasure]:
    """Return erasures, newest first, from after a place on."""
    asked = select(Erasure).order_by(Erasure.asked_at.desc(), Erasure.id.desc()).limit(limit)
    if after is not None:
        asked = asked.where((Erasure.asked_at < after[0]) | ((Erasure.asked_at == after[0]) & (Erasure.id < after[1])))
    return session.scalars(asked).all()


def keep_consents(session: Session, rows: Sequence[Mapping[str, object]]) -> None:
    """Keep words of consent without whose they were."""
    if rows:
        session.execute(insert(KeptConsent), list(rows))


def consents_of(session: Session, keys: Sequence[str]) -> Sequence[KeptConsent]:
    """Return kept words of consent by the hash of an address, newest first."""
    found = select(KeptConsent).where(KeptConsent.key.in_(keys)).order_by(KeptConsent.at.desc(), KeptConsent.id.desc())
    return session.scalars(found).all()


def forget_consents(session: Session, now: datetime) -> int:
    """Drop kept words whose time has come; returns how many."""
    return len(session.execute(delete(KeptConsent).where(KeptConsent.until < now).returning(KeptConsent.id)).all())
