"""Every query of hold-outs."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, text, update

from tenure.kit.db import Session
from tenure.outreach.holdouts.rules import InForce
from tenure.outreach.holdouts.tables import HoldOut


def in_force(session: Session, now: datetime) -> Sequence[InForce]:
    """Return hold-outs in force, those over all messages first."""
    asked = select(HoldOut).where(HoldOut.begins_at <= now, HoldOut.ends_at.is_(None) | (HoldOut.ends_at > now))
    rows = session.scalars(asked.order_by(HoldOut.message.is_not(None), HoldOut.name)).all()
    return [InForce(row.name, row.version, row.percent, row.seed, row.message) for row in rows]


def history(session: Session) -> Sequence[HoldOut]:
    """Return every version of every hold-out, the newest first."""
    return session.scalars(select(HoldOut).order_by(HoldOut.name, HoldOut.version.desc())).all()


def newest(session: Session, name: str) -> HoldOut | None:
    """Return the last version of a hold-out, in force or not."""
    return session.scalar(select(HoldOut).where(HoldOut.name == name).order_by(HoldOut.version.desc()).limit(1))


def message(session: Session, id_or_name: str) -> str | None:
    """Return the id of a message, by its id or its name, if there is one."""
    asked = text("SELECT id FROM messages WHERE id = :named OR name = :named ORDER BY id = :named DESC LIMIT 1")
    return session.execute(asked, {"named": id_or_name}).scalar()


def end(session: Session, name: str, now: datetime) -> bool:
    """End a hold-out; returns whether it was in force."""
    ended = update(HoldOut).where(HoldOut.name == name, HoldOut.ends_at.is_(None)).values(ends_at=now)
    return session.execute(ended.returning(HoldOut.name)).first() is not None


def add(session: Session, row: HoldOut) -> None:
    """Put a version into force."""
    session.add(row)
    session.flush()


def kept_out(session: Session) -> dict[str, int]:
    """Return how many sends the versions of each hold-out kept back, by its name."""
    asked = text("""SELECT regexp_replace(details ->> 'held_out', ' v[0-9]+$', '') AS name, count(*) FROM send_events
                    WHERE what = 'dropped' AND details ->> 'held_out' IS NOT NULL GROUP BY 1""")
    return {name: int(number) for name, number in session.execute(asked)}


def customers(session: Session) -> int:
    """Return how many customers there are, merged ones once."""
    asked = text("SELECT count(*) FROM customers WHERE merged_into IS NULL")
    return int(session.execute(asked).scalar_one())


def lock(session: Session, name: str) -> None:
    """Let one change of a hold-out wait for another."""
    session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"hold-out {name}"))))
