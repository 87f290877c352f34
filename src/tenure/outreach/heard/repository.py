"""Remembering what was heard."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from tenure.kit.db import Session
from tenure.outreach.heard.tables import HeardOnce


def first_time(session: Session, source: str, key: str, now: datetime) -> bool:
    """Remember a key and tell whether it is new; of two at once, one is told so."""
    new = insert(HeardOnce).values(source=source, key=key, at=now).on_conflict_do_nothing().returning(HeardOnce.key)
    return session.execute(new).scalar() is not None


def was_heard(session: Session, source: str, key: str) -> bool:
    """Tell whether a key was heard."""
    return session.get(HeardOnce, (source, key)) is not None


def forget(session: Session, before: datetime) -> int:
    """Forget what was heard before a moment; returns how much."""
    return int(session.execute(delete(HeardOnce).where(HeardOnce.at < before)).rowcount)  # type: ignore[attr-defined]
