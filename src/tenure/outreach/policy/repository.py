"""Every query of the rules."""

from datetime import datetime

from sqlalchemy import select

from tenure.kit.db import Session
from tenure.outreach.policy.tables import PolicyVersion


def newest(session: Session) -> PolicyVersion | None:
    """Return the version in force; None while nobody has changed the standard ones."""
    return session.scalar(select(PolicyVersion).order_by(PolicyVersion.id.desc()).limit(1))


def add(session: Session, rules: dict[str, object], by: str, now: datetime) -> PolicyVersion:
    """Put a new version into force."""
    version = PolicyVersion(rules=rules, at=now, by=by)
    session.add(version)
    session.flush()
    return version
