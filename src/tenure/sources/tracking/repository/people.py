"""Customers as tracking meets them: by address, by id, and told to the lake."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from tenure.directory.customers.folding import FIELDS
from tenure.directory.customers.intake.sentences import NORMALISED_PHONE

_OF_ADDRESSES = f"""
WITH told AS (
    SELECT phone AS said, CASE WHEN phone LIKE '%@%' THEN phone ELSE {NORMALISED_PHONE} END AS value
    FROM unnest(CAST(:said AS text[])) AS phone
)
SELECT DISTINCT ON (i.kind, t.said) i.kind, t.said, i.customer_id
FROM told t JOIN customer_identifiers i ON i.value = t.value AND i.kind IN ('email', 'phone')
ORDER BY i.kind, t.said, i.created_at, i.customer_id"""

_KNOWN = ", ".join(
    f"'{name}', CASE WHEN c.own IS NULL THEN to_jsonb(c.{name}) ELSE c.own->'{name}' END" for name in FIELDS
)
_TELL = f"""
INSERT INTO stream (topic, payload, recorded_at)
SELECT 'customers', jsonb_strip_nulls(jsonb_build_object('customer_id', c.id, 'source', 'tracking', {_KNOWN},
    'attributes', (SELECT jsonb_object_agg(a.key, a.value #>> '{{}}') FROM jsonb_each(
        CASE WHEN c.own IS NULL THEN c.attributes ELSE coalesce(c.own->'attributes', '{{}}') END) a))), :at
FROM customers c WHERE c.id = ANY(:ids)"""


def customers_of_addresses(session: Session, said: Sequence[str]) -> dict[tuple[str, str], str]:
    """Return the customers that addresses and telephone numbers, in small letters, belong to; by kind and as said."""
    if not said:
        return {}
    found = session.execute(text(_OF_ADDRESSES), {"said": list(said)})
    return {(row.kind, row.said): row.customer_id for row in found}


def is_customer(session: Session, customer_id: str) -> bool:
    """Say whether there is a customer of an id."""
    query = text("SELECT EXISTS (SELECT FROM customers WHERE id = :id)")
    return bool(session.scalar(query, {"id": customer_id}))


def reachable(session: Session, customer_id: str) -> bool:
    """Say whether a customer has an address, or came from anywhere but tracking."""
    query = text("""
        SELECT source <> 'tracking' OR coalesce(email, phone, wecom_id) IS NOT NULL FROM customers WHERE id = :id""")
    return bool(session.scalar(query, {"id": customer_id}))


def shown(session: Session, customer_id: str) -> str:
    """Return the record a customer is shown as."""
    query = text("SELECT coalesce(merged_into, id) FROM customers WHERE id = :id")
    return str(session.scalar(query, {"id": customer_id}) or customer_id)


def tell_the_lake(session: Session, ids: Sequence[str], at: datetime) -> None:
    """Put what is known of customers themselves on its way to the lake."""
    session.execute(text(_TELL), {"ids": list(ids), "at": at})
