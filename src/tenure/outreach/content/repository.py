"""Every query of messages, blocks, the brand, and what PostgreSQL knows of customers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from tenure.outreach.content.tables import Brand, ContentBlock, Message, MessageVersion

# A record merged into another is the customer it was merged into.
_PEOPLE = text("""
    SELECT asked.id AS asked, c.id, c.name, c.email, c.phone, c.company, c.country, c.region, c.city, c.gender,
           c.birthday, c.language, c.joined_at, c.attributes, c.attributes ->> 'time_zone' AS time_zone
    FROM unnest(CAST(:ids AS text[])) AS asked(id)
    JOIN customers r ON r.id = asked.id JOIN customers c ON c.id = coalesce(r.merged_into, r.id)""")
_NUMBERS = text("""
    SELECT customer_id, orders, revenue, first_order_at, last_order_at, usual_gap_days, next_order_at, tier, as_of
    FROM customer_summaries WHERE customer_id = ANY(CAST(:ids AS text[]))""")
_RECOMMENDED = text("""
    SELECT r.customer_id, p.product_id AS id, p.name, p.category, p.price, (SELECT as_of FROM recommendation_runs LIMIT 1) AS as_of
    FROM recommendations r
    CROSS JOIN LATERAL jsonb_array_elements(r.items) WITH ORDINALITY AS item(told, place)
    JOIN recommended_products p ON p.product_id = item.told ->> 'product'
    WHERE r.customer_id = ANY(CAST(:ids AS text[])) AND item.place <= 20
    ORDER BY r.customer_id, item.place""")
_SOME = text("""
    SELECT id FROM customers WHERE merged_into IS NULL ORDER BY md5(id || CAST(:seed AS text)) LIMIT :most""")


@dataclass(frozen=True, slots=True)
class Facts:
    """What PostgreSQL knows of some customers: themselves, their numbers, and what is recommended to them."""

    people: Sequence[RowMapping]
    numbers: Mapping[str, RowMapping]
    recommended: Sequence[RowMapping]


def facts(session: Session, ids: Sequence[str], *, numbers: bool, recommended: bool) -> Facts:
    """Read customers, and their numbers and recommendations when wanted; three questions, whatever their number."""
    people = session.execute(_PEOPLE, {"ids": list(ids)}).mappings().all()
    shown = {"ids": [row["id"] for row in people]}
    found = session.execute(_NUMBERS, shown).mappings().all() if numbers else []
    goods = session.execute(_RECOMMENDED, shown).mappings().all() if recommended else []
    return Facts(people, {row["customer_id"]: row for row in found}, goods)


def some_customers(session: Session, most: int, seed: int) -> Sequence[str]:
    """Return customers chosen by chance, the same for the same seed."""
    return session.execute(_SOME, {"most": most, "seed": seed}).scalars().all()


def messages(session: Session, *, archived: bool) -> Sequence[Message]:
    """Return messages, the last changed first."""
    query = select(Message).order_by(Message.changed_at.desc(), Message.id)
    return session.scalars(query if archived else query.where(Message.archived_at.is_(None))).all()


def message(session: Session, id_or_name: str) -> Message | None:
    """Return the message of an id or a name."""
    return session.get(Message, id_or_name) or named(session, id_or_name)


def named(session: Session, name: str) -> Message | None:
    """Return the message of a name."""
    return session.scalars(select(Message).where(Message.name == name)).first()


def published(session: Session, ids: Sequence[str]) -> dict[str, int]:
    """Return the published version of messages; those without are left out."""
    query = select(Message.id, Message.published).where(Message.id.in_(ids), Message.published.is_not(None))
    return {who: number for who, number in session.execute(query) if number is not None}


def version(session: Session, message_id: str, number: int) -> MessageVersion | None:
    """Return one published version."""
    return session.get(MessageVersion, (message_id, number))


def versions(session: Session, message_id: str) -> Sequence[MessageVersion]:
    """Return every published version of a message, the newest first."""
    query = select(MessageVersion).where(MessageVersion.message_id == message_id)
    return session.scalars(query.order_by(MessageVersion.version.desc())).all()


def next_version(session: Session, message_id: str) -> int:
    """Return the number of the next version; the message's row is held until the transaction ends."""
    session.execute(select(Message.id).where(Message.id == message_id).with_for_update())
    query = select(func.max(MessageVersion.version)).where(MessageVersion.message_id == message_id)
    newest: int | None = session.execute(query).scalar()
    return (newest or 0) + 1


def add(session: Session, row: Message | MessageVersion | ContentBlock | Brand) -> None:
    """Keep a new row."""
    session.add(row)
    session.flush()


def add_once(session: Session, values: Mapping[str, object]) -> bool:
    """Keep a new message unless it is there already; returns whether it is new."""
    new = insert(Message).values(**values).on_conflict_do_nothing()
    return session.execute(new.returning(Message.id)).first() is not None


def blocks(session: Session) -> Sequence[ContentBlock]:
    """Return the workspace's blocks by name."""
    return session.scalars(select(ContentBlock).order_by(ContentBlock.name)).all()


def block(session: Session, name: str) -> ContentBlock | None:
    """Return one block."""
    return session.get(ContentBlock, name)


def remove_block(session: Session, name: str) -> None:
    """Forget a block; published versions keep the copy they used."""
    session.execute(delete(ContentBlock).where(ContentBlock.name == name))


def brand(session: Session) -> Brand | None:
    """Return the brand; None before anybody said anything of it."""
    return session.get(Brand, 1)
