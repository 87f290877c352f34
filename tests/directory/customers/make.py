"""Customers for tests: brought in as an import brings them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pyarrow as pa

from tenure.app.wiring import Stores
from tenure.directory.customers.intake.repository import take_in
from tenure.directory.customers.intake.rules import TakenIn
from tenure.directory.customers.summaries.repository import replace_summaries
from tenure.directory.customers.tables import Customer
from tenure.kit.db import transaction

NOW = datetime(2026, 3, 1, tzinfo=UTC)
Rows = Sequence[Mapping[str, object]]
_KINDS = {
    "attributes": pa.map_(pa.string(), pa.string()),
    "joined_at": pa.timestamp("us"),
    "birthday": pa.date32(),
    "next_order_at": pa.date32(),
    "last_order_at": pa.timestamp("us"),
    "orders": pa.int64(),
    "revenue": pa.decimal128(18, 4),
    "churn_risk": pa.float64(),
    "value_365": pa.float64(),
}


def batch(rows: Rows) -> pa.RecordBatch:
    """Return rows as Arrow, typed as the lake types them."""
    names = dict.fromkeys(name for row in rows for name in row)
    schema = pa.schema([(name, _KINDS.get(name, pa.string())) for name in names])
    return pa.RecordBatch.from_pylist([dict(row) for row in rows], schema=schema)


def bring(stores: Stores, rows: Rows, import_id: str = "imp_1", *, fill_only: bool = False) -> TakenIn:
    """Take rows in as one import."""
    with transaction(stores.engine) as session:
        return take_in(session, [batch(rows)], import_id=import_id, source="test", now=NOW, fill_only=fill_only)


def summarise(stores: Stores, rows: Rows) -> int:
    """Replace the numbers of all customers."""
    with transaction(stores.engine) as session:
        return replace_summaries(session, [batch(rows)])


def customer(stores: Stores, customer_id: str) -> Customer | None:
    """Return a customer as stored now."""
    with transaction(stores.engine) as session:
        return session.get(Customer, customer_id)
