"""Every query of returned mail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert

from tenure.kit.db import Session
from tenure.outreach.returns.tables import ReturnedMail, SoftBounce

# The hash of the address a send went to stands in the event that let it go.
_SEND = text("""
    SELECT s.id, s.customer_id, s.purpose, s.via, s.state,
           (SELECT decode(e.details ->> 'to', 'hex') FROM send_events e
            WHERE e.send_id = s.id AND e.what = 'sending' ORDER BY e.id DESC LIMIT 1) AS address_key,
           coalesce(c.email, '') AS email
    FROM sends s LEFT JOIN customers r ON r.id = s.customer_id LEFT JOIN customers c ON c.id = coalesce(r.merged_into, r.id)
    WHERE s.id = ANY(CAST(:ids AS text[])) AND s.via = 'email' AND s.attempts > 0 ORDER BY s.changed_at DESC LIMIT 1""")

# Counted since the address last showed that somebody reads it.
_SOFT = text("""
    SELECT count(*) FROM soft_bounces b
    WHERE b.address_key = :key AND b.at > :since
      AND b.at > coalesce((SELECT max(e.at) FROM sends s JOIN send_events e ON e.send_id = s.id
                           WHERE s.customer_id = :customer AND e.what IN ('opened', 'clicked', 'delivered')), '-infinity')""")


@dataclass(frozen=True, slots=True)
class Matched:
    """A send a report speaks of, and the hash of the address it went to, where that is known."""

    id: str
    customer_id: str
    purpose: str
    via: str
    state: str
    address_key: bytes | None
    email: str


def remember(session: Session, row: Mapping[str, object]) -> bool:
    """Write down a report; returns whether it is new."""
    new = insert(ReturnedMail).values(**row).on_conflict_do_nothing().returning(ReturnedMail.id)
    return session.execute(new).first() is not None


def conclude(session: Session, report: str, effect: str) -> None:
    """Write down what was done about a report."""
    session.execute(text("UPDATE returned_mail SET effect = :effect WHERE id = :id"), {"id": report, "effect": effect})


def find(session: Session, ids: Sequence[str]) -> Matched | None:
    """Return the mail that was sent under one of these ids."""
    row = session.execute(_SEND, {"ids": list(ids)}).mappings().first() if ids else None
    if row is None:
        return None
    known = {name: row[name] for name in Matched.__dataclass_fields__}
    return Matched(**{**known, "address_key": bytes(row["address_key"]) if row["address_key"] else None})


def put_off(session: Session, key: bytes, send: Matched, now: datetime, since: timedelta) -> int:
    """Remember that an address could not take a send; returns how often it could not since it last showed life."""
    session.execute(insert(SoftBounce).values(address_key=key, send_id=send.id, at=now).on_conflict_do_nothing())
    asked = {"key": key, "since": now - since, "customer": send.customer_id}
    return int(session.execute(_SOFT, asked).scalar_one())


def heard_of(session: Session, send: str, what: str, kind: str | None) -> bool:
    """Say whether a send's story tells of something already."""
    asked = text("""SELECT 1 FROM send_events WHERE send_id = :send AND what = :what
                    AND (CAST(:kind AS text) IS NULL OR details ->> 'kind' = :kind) LIMIT 1""")
    return session.execute(asked, {"send": send, "what": what, "kind": kind}).first() is not None


def page(session: Session, limit: int, after: tuple[datetime, str] | None) -> Sequence[ReturnedMail]:
    """Return reports, the newest first, from after a place on."""
    asked = select(ReturnedMail).order_by(ReturnedMail.at.desc(), ReturnedMail.id)
    if after is not None:
        at, last = after
        asked = asked.where((ReturnedMail.at < at) | ((ReturnedMail.at == at) & (ReturnedMail.id > last)))
    return session.scalars(asked.limit(limit)).all()
