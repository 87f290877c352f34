"""Every query about write keys."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tenure.sources.tracking.keys.tables import WriteKey


def add(session: Session, key: WriteKey) -> None:
    """Store a new key."""
    session.add(key)
    session.flush()


def good_key(session: Session, secret_hash: str) -> WriteKey | None:
    """Return the key a secret's hash belongs to, unless it was revoked."""
    query = select(WriteKey).where(WriteKey.secret_hash == secret_hash, WriteKey.revoked_at.is_(None))
    return session.scalars(query).first()


def key(session: Session, key_id: str) -> WriteKey | None:
    """Return one key that was not revoked."""
    return session.scalars(select(WriteKey).where(WriteKey.id == key_id, WriteKey.revoked_at.is_(None))).first()


def keys(session: Session) -> Sequence[WriteKey]:
    """Return the keys that were not revoked, newest first."""
    return session.scalars(select(WriteKey).where(WriteKey.revoked_at.is_(None)).order_by(WriteKey.id.desc())).all()


def used(session: Session, key_ids: Sequence[str], at: datetime) -> None:
    """Write down that keys were used."""
    session.execute(update(WriteKey).where(WriteKey.id.in_(key_ids)).values(last_used_at=at))


def identity_numbers(session: Session, key_ids: Sequence[str]) -> dict[str, int]:
    """Return how often the identity secret of each key was made anew."""
    found = session.execute(select(WriteKey.id, WriteKey.identity_number).where(WriteKey.id.in_(key_ids)))
    return {row.id: row.identity_number for row in found}
