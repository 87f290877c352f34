"""Every query about claimed addresses."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, text
from sqlalchemy.orm import Session

from tenure.directory.customers.claims.tables import ClaimedAddress

MOST_OPEN = 10  # claims of one customer; whoever claims more is not believed the more

_ADD = """
INSERT INTO claimed_addresses (id, customer_id, kind, value, source, first_at, last_at, times)
SELECT :id, :customer_id, :kind, :value, :source, :at, :at, 1
WHERE (SELECT count(*) FROM claimed_addresses WHERE customer_id = :customer_id) < :most
   OR EXISTS (SELECT FROM claimed_addresses WHERE customer_id = :customer_id AND kind = :kind AND value = :value)
ON CONFLICT (customer_id, kind, value) DO UPDATE SET
    times = claimed_addresses.times + 1, source = excluded.source,
    last_at = greatest(claimed_addresses.last_at, excluded.last_at)"""

# What a customer has meanwhile is no claim any more.
_OPEN = """
SELECT a.id, a.kind, a.value, a.source, a.first_at, a.last_at, a.times,
       shown.id AS customer_id, shown.name AS customer_name, has.current, other.id AS belongs_to
FROM claimed_addresses a
JOIN customers c ON c.id = a.customer_id
JOIN customers shown ON shown.id = coalesce(c.merged_into, c.id)
CROSS JOIN LATERAL (SELECT CASE a.kind WHEN 'email' THEN shown.email WHEN 'phone' THEN shown.phone
                                       ELSE shown.wecom_id END AS current) has
LEFT JOIN LATERAL (SELECT min(coalesce(o.merged_into, o.id)) AS id
                   FROM customer_identifiers i JOIN customers o ON o.id = i.customer_id
                   WHERE i.kind = a.kind AND i.value = a.value AND coalesce(o.merged_into, o.id) <> shown.id) other ON true
WHERE a.ignored_at IS NULL AND has.current IS DISTINCT FROM a.value"""
_PAGE = f"""{_OPEN} AND (CAST(:at AS timestamptz) IS NULL OR (a.last_at, a.id) < (:at, :id))
ORDER BY a.last_at DESC, a.id DESC LIMIT :limit"""
_OF_CUSTOMER = f"""{_OPEN} AND a.customer_id IN (
    SELECT one.id FROM customers one JOIN customers asked ON asked.id = :customer_id
    WHERE coalesce(one.merged_into, one.id) = coalesce(asked.merged_into, asked.id))
ORDER BY a.last_at DESC, a.id DESC LIMIT :limit"""


def add(session: Session, rows: Sequence[Mapping[str, object]]) -> None:
    """Set claims aside; one that was made before counts once more, and one that was ignored stays so."""
    for row in rows:
        session.execute(text(_ADD), {**row, "most": MOST_OPEN})


def open_claims(session: Session, limit: int, after: tuple[datetime, str] | None) -> Sequence[Mapping[str, object]]:
    """Return claims nobody decided about, the latest first."""
    at, last = after or (None, "")
    return [dict(row) for row in session.execute(text(_PAGE), {"at": at, "id": last, "limit": limit}).mappings()]


def of_customer(session: Session, customer_id: str, limit: int) -> Sequence[Mapping[str, object]]:
    """Return open claims about a customer and all records merged with it."""
    found = session.execute(text(_OF_CUSTOMER), {"customer_id": customer_id, "limit": limit})
    return [dict(row) for row in found.mappings()]


def find(session: Session, claim_id: str) -> ClaimedAddress | None:
    """Return one claim."""
    return session.get(ClaimedAddress, claim_id)


def drop(session: Session, claim_id: str) -> None:
    """Forget a claim."""
    session.execute(delete(ClaimedAddress).where(ClaimedAddress.id == claim_id))
