"""Every query of the consent ledger and of closed addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert

from tenure.directory.customers.consent.links import Link
from tenure.directory.customers.consent.tables import ClosedAddress, ConsentRecord, Purpose, Wording
from tenure.directory.customers.consent.words import Word
from tenure.kit.db import Session

_RECORDS_OF = """
    SELECT r.id FROM customers c JOIN customers r ON r.id = coalesce(c.merged_into, c.id) OR r.merged_into = coalesce(c.merged_into, c.id)
    WHERE c.id = :customer_id"""


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed address as the list tells it: when and why, and never which."""

    channel: str
    address_key: str
    reason: str
    source: str
    at: datetime


def write_down(session: Session, words: Sequence[Word], now: datetime) -> None:
    """Add words to the ledger; the newest word of each purpose and channel follows by itself."""
    rows = [
        {
            "customer_id": word.customer_id,
            "purpose": word.purpose,
            "channel": word.channel,
            "state": word.state,
            "basis": word.basis,
            "at": word.at,
            "recorded_at": now,
            "source": word.source,
            "wording": word.wording,
            "address": word.address,
            "agent": word.agent,
            "actor": word.actor,
            "proof": dict(word.proof),
        }
        for word in words
    ]
    if rows:
        session.execute(insert(ConsentRecord), rows)


def history(session: Session, customer_id: str) -> Sequence[ConsentRecord]:
    """Return every word of a customer, those of merged records included, newest first."""
    records = session.execute(text(_RECORDS_OF), {"customer_id": customer_id}).scalars().all()
    asked = select(ConsentRecord).where(ConsentRecord.customer_id.in_(records))
    return session.scalars(asked.order_by(ConsentRecord.at.desc(), ConsentRecord.id.desc())).all()


def newest(session: Session, customer_id: str) -> Sequence[RowMapping]:
    """Return the newest word on each purpose and channel, those of merged records included."""
    return (
        session.execute(
            text(f"""
                SELECT DISTINCT ON (purpose, channel) purpose, channel, state, at, basis, wording
                FROM consents WHERE customer_id IN ({_RECORDS_OF})
                ORDER BY purpose, channel, at DESC, (state = 'granted')"""),
            {"customer_id": customer_id},
        )
        .mappings()
        .all()
    )


def asked_at(session: Session, link: Link, since: datetime) -> Sequence[datetime]:
    """Return when a customer was asked for a yes since a moment, newest first."""
    records = session.execute(text(_RECORDS_OF), {"customer_id": link.customer_id}).scalars().all()
    asked = select(ConsentRecord.recorded_at).where(
        ConsentRecord.customer_id.in_(records),
        ConsentRecord.purpose == link.purpose,
        ConsentRecord.channel == link.channel,
        ConsentRecord.state == "pending",
        ConsentRecord.recorded_at > since,
    )
    return session.scalars(asked.order_by(ConsentRecord.recorded_at.desc())).all()


def wording(session: Session, wording_id: str) -> Wording | None:
    """Return one version of a sentence."""
    return session.get(Wording, wording_id)


def known(session: Session, customer_id: str) -> bool:
    """Say whether there is such a customer still; links outlive whom they speak for."""
    return session.scalar(text("SELECT 1 FROM customers WHERE id = :id"), {"id": customer_id}) is not None


def address_of(session: Session, customer_id: str, channel: str) -> str | None:
    """Return where a channel reaches a customer now; nothing where it has no addresses of its own."""
    column = {"email": "email", "sms": "phone", "wecom": "wecom_id"}.get(channel)
    if column is None:
        return None
    asked = f"""SELECT shown.{column} FROM customers c JOIN customers shown ON shown.id = coalesce(c.merged_into, c.id)
                WHERE c.id = :id"""
    found: str | None = session.scalar(text(asked), {"id": customer_id})
    return found


def granted_lists(session: Session, customer_id: str) -> Sequence[tuple[str, str]]:
    """Return the purposes and channels a customer has said anything but no to."""
    return [(row["purpose"], row["channel"]) for row in newest(session, customer_id) if row["state"] != "withdrawn"]


def purposes(session: Session) -> Sequence[Purpose]:
    """Return the lists, in their order."""
    return session.scalars(select(Purpose).order_by(Purpose.position, Purpose.name)).all()


def put_purpose(session: Session, values: dict[str, object]) -> None:
    """Add a list or change its words."""
    changed = {name: value for name, value in values.items() if name != "name"}
    session.execute(insert(Purpose).values(**values).on_conflict_do_update(index_elements=["name"], set_=changed))


def newest_wording(session: Session, purpose: str) -> Wording | None:
    """Return the sentence people are shown now for a list."""
    return session.scalar(
        select(Wording).where(Wording.purpose == purpose).order_by(Wording.at.desc(), Wording.id.desc()).limit(1)
    )


def wordings(session: Session) -> Sequence[Wording]:
    """Return every version of every sentence, newest first."""
    return session.scalars(select(Wording).order_by(Wording.purpose, Wording.at.desc())).all()


def add_wording(session: Session, wording: Wording) -> None:
    """Add a version of a sentence."""
    session.add(wording)
    session.flush()


def reached_by(session: Session, channel: str, address: str) -> Sequence[str]:
    """Return the visible customers an address belongs to."""
    kind = {"sms": "phone", "phone": "phone", "wecom": "wecom"}.get(channel, "email")
    return (
        session.execute(
            text("""
                SELECT DISTINCT coalesce(c.merged_into, c.id) FROM customer_identifiers i
                JOIN customers c ON c.id = i.customer_id WHERE i.kind = :kind AND i.value = :address"""),
            {"kind": kind, "address": address.strip().lower() if kind == "email" else address.strip()},
        )
        .scalars()
        .all()
    )


def close_address(session: Session, channel: str, key: bytes, reason: str, source: str, now: datetime) -> None:
    """Close an address; one that is closed stays closed since then."""
    row = {"channel": channel, "address_key": key, "reason": reason, "source": source, "at": now}
    session.execute(insert(ClosedAddress).values(**row).on_conflict_do_nothing())


def open_address(session: Session, channel: str, key: bytes) -> bool:
    """Open an address again; returns whether it was closed."""
    gone = delete(ClosedAddress).where(ClosedAddress.channel == channel, ClosedAddress.address_key == key)
    return session.execute(gone.returning(ClosedAddress.channel)).first() is not None


def closed(session: Session, limit: int, after: tuple[datetime, str] | None) -> Sequence[Closed]:
    """Return closed addresses, newest first, from after a place on."""
    hashed = func.encode(ClosedAddress.address_key, "hex")
    asked = select(ClosedAddress.channel, hashed, ClosedAddress.reason, ClosedAddress.source, ClosedAddress.at)
    if after is not None:
        asked = asked.where((ClosedAddress.at < after[0]) | ((ClosedAddress.at == after[0]) & (hashed > after[1])))
    found = session.execute(asked.order_by(ClosedAddress.at.desc(), hashed).limit(limit))
    return [Closed(*row) for row in found]


def find_closed(session: Session, channel: str, key: bytes) -> Closed | None:
    """Return a closed address by its hash."""
    row = session.get(ClosedAddress, (channel, key))
    return None if row is None else Closed(row.channel, row.address_key.hex(), row.reason, row.source, row.at)
