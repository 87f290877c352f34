"""The verbs for what is heard from outside."""

from datetime import datetime, timedelta

from tenure.kit.db import Session
from tenure.outreach.heard import repository

KEPT = timedelta(days=7)  # far longer than any signature is good


def first_time(session: Session, source: str, key: str, now: datetime) -> bool:
    """Remember a key and tell whether it is new."""
    return repository.first_time(session, source, key, now)


def was_heard(session: Session, source: str, key: str) -> bool:
    """Tell whether a key was heard, and remember nothing."""
    return repository.was_heard(session, source, key)


def forget(session: Session, now: datetime) -> int:
    """Forget what can no longer be sent again."""
    return repository.forget(session, now - KEPT)
