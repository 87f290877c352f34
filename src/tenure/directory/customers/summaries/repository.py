"""The numbers per customer, replaced as a whole after every refresh."""

from collections.abc import Iterable

import pyarrow as pa
from sqlalchemy import text
from sqlalchemy.orm import Session

from tenure.directory.customers.copying import copy_in
from tenure.directory.customers.tables import CustomerSummary

COLUMNS = tuple(column.name for column in CustomerSummary.__table__.columns)

_CLEAR = "DELETE FROM customer_summaries"
_REST = "INSERT INTO customer_summaries (customer_id) SELECT id FROM customers ON CONFLICT DO NOTHING"


def replace_summaries(session: Session, batches: Iterable[pa.RecordBatch]) -> int:
    """Replace every customer's numbers; returns how many customers got some.

    ``batches`` hold ``customer_id`` (once each) and any other columns of ``CustomerSummary`` by name: numbers,
    naive UTC timestamps, ``next_order_at`` as a date, ``reasons`` as JSON text. A customer left out has none.
    Readers see the old numbers until the caller's transaction is committed.
    """
    session.execute(text(_CLEAR))
    driver = session.connection().connection.driver_connection
    rows = 0
    for batch in batches:
        names = [name for name in COLUMNS if name in batch.schema.names]
        rows += copy_in(driver, CustomerSummary.__tablename__, names, [batch.select(names)])
    session.execute(text(_REST))
    return rows
