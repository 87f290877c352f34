"""Who users and visitors are among the customers."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

_OF_USERS = """
SELECT DISTINCT ON (i.value) i.value, i.customer_id FROM customer_identifiers i
WHERE i.kind = 'external' AND i.value = ANY(:ids)
  AND NOT EXISTS (SELECT FROM customers c WHERE c.id = i.value)
ORDER BY i.value, i.created_at, i.customer_id"""

_LINK = """
INSERT INTO visitors (anonymous_id, customer_id, linked_at)
SELECT row.anonymous_id, row.customer_id, :at
FROM unnest(CAST(:visitors AS text[]), CAST(:customers AS text[])) AS row (anonymous_id, customer_id)
ON CONFLICT (anonymous_id) DO UPDATE SET customer_id = excluded.customer_id, linked_at = excluded.linked_at
WHERE visitors.customer_id <> excluded.customer_id"""


def customers_of_users(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """Return the customers of users who are known under another id than their own; all others are their own."""
    found = session.execute(text(_OF_USERS), {"ids": list(ids)})
    return {row.value: row.customer_id for row in found}


def customers_of_visitors(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """Return who visitors turned out to be, as far as that is known."""
    query = text("SELECT anonymous_id, customer_id FROM visitors WHERE anonymous_id = ANY(:ids)")
    return {row.anonymous_id: row.customer_id for row in session.execute(query, {"ids": list(ids)})}


def link(session: Session, customers: Mapping[str, str], at: datetime) -> None:
    """Write down who visitors turned out to be; the last word about a visitor counts for what is to come."""
    values = {"visitors": list(customers), "customers": list(customers.values()), "at": at}
    session.execute(text(_LINK), values)


def unadopted(session: Session) -> dict[str, str]:
    """Return visitors whose earlier events are not their customers' yet."""
    found = session.execute(text("SELECT anonymous_id, customer_id FROM visitors WHERE adopted_at IS NULL"))
    return {row.anonymous_id: row.customer_id for row in found}


def adopted(session: Session, ids: Sequence[str], at: datetime) -> None:
    """Write down that visitors' earlier events are their customers' now."""
    query = text("UPDATE visitors SET adopted_at = :at WHERE anonymous_id = ANY(:ids) AND adopted_at IS NULL")
    session.execute(query, {"ids": list(ids), "at": at})


def visitors_of(session: Session, customer_ids: Sequence[str]) -> dict[str, tuple[str, bool]]:
    """Return the visitors some customers were: of each the customer, and whether what it did is the customer's yet."""
    query = text("SELECT anonymous_id, customer_id, adopted_at FROM visitors WHERE customer_id = ANY(:ids) LIMIT 1000")
    found = session.execute(query, {"ids": list(customer_ids)})
    return {row.anonymous_id: (row.customer_id, row.adopted_at is not None) for row in found}


def users_of(session: Session, customer_ids: Sequence[str]) -> dict[str, str]:
    """Return the other ids that users of some customers go by, each with its customer."""
    query = text(
        "SELECT value, customer_id FROM customer_identifiers WHERE kind = 'external' AND customer_id = ANY(:ids)"
    )
    return {row.value: row.customer_id for row in session.execute(query, {"ids": list(customer_ids)})}


_WAITING = """
SELECT jsonb_build_object('source', s.payload->'source', 'items', jsonb_agg(item)) AS payload, s.recorded_at
FROM stream s CROSS JOIN LATERAL jsonb_array_elements(s.payload->'items') AS item
WHERE s.topic = '@tracking'
  AND (item->'call'->>'userId' = ANY(:users)
       OR (item->'call'->>'anonymousId' = ANY(:visitors) AND coalesce(item->'call'->>'userId', '') = ''))
GROUP BY s.id ORDER BY s.id DESC LIMIT 200"""


def waiting_of(
    session: Session, users: Sequence[str], visitors: Sequence[str]
) -> list[tuple[dict[str, object], datetime]]:
    """Return what users and visitors did that waits for the lake, as the outbox holds it."""
    found = session.execute(text(_WAITING), {"users": list(users), "visitors": list(visitors)})
    return [(row.payload, row.recorded_at) for row in found]
