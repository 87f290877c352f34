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
