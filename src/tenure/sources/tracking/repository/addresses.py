"""What is known of addresses that calls tell, and of the customers they tell them of."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from tenure.directory.customers.intake.sentences import NORMALISED_PHONE
from tenure.sources.tracking.addresses import KINDS, Known

_CUSTOMERS = f"""
SELECT c.id, shown.id AS shown, {", ".join(f"c.{name}, shown.{name} AS shown_{name}" for name in KINDS)}
FROM customers c JOIN customers shown ON shown.id = coalesce(c.merged_into, c.id) WHERE c.id = ANY(:ids)"""

_ADDRESSES = f"""
SELECT told.kind, told.said, spelled.value, owner.ids
FROM unnest(CAST(:kinds AS text[]), CAST(:said AS text[])) AS told (kind, said)
CROSS JOIN LATERAL (SELECT told.said AS phone) number
CROSS JOIN LATERAL (SELECT CASE told.kind WHEN 'email' THEN lower(btrim(told.said)) WHEN 'phone' THEN {NORMALISED_PHONE}
                                          ELSE btrim(told.said) END AS value) spelled
CROSS JOIN LATERAL (SELECT array_agg(DISTINCT coalesce(c.merged_into, c.id)) AS ids
                    FROM customer_identifiers i JOIN customers c ON c.id = i.customer_id
                    WHERE i.kind = told.kind AND i.value = spelled.value) owner"""


def known_addresses(session: Session, customers: Sequence[str], told: Sequence[tuple[str, str]]) -> Known:
    """Return what is known of some customers, and of addresses told as (column, text)."""
    known = Known()
    for row in session.execute(text(_CUSTOMERS), {"ids": list(customers)}).mappings():
        known.shown[row["id"]] = row["shown"]
        for name in KINDS:
            known.has.setdefault((row["shown"], name), set()).update(
                value for value in (row[name], row[f"shown_{name}"]) if value
            )
    columns = {kind: column for column, kind in KINDS.items()}
    values = {"kinds": [KINDS[column] for column, _ in told], "said": [said for _, said in told]}
    for row in session.execute(text(_ADDRESSES), values).mappings():
        column = columns[row["kind"]]
        known.spelled[column, row["said"]] = row["value"]
        known.owners.setdefault((column, row["value"]), set()).update(row["ids"] or ())
    return known
