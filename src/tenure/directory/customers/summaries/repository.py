"""The numbers per customer, replaced as a whole after every refresh.

They are loaded into a table beside the one that is read, indexed there, and put in its place by renaming: a million rows
that nine indexes learn one by one take far longer. All of it happens in the caller's transaction, so whoever
is cut off leaves the old table and nothing else.
"""

from collections.abc import Iterable

import pyarrow as pa
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tenure.directory.customers.copying import copy_in
from tenure.directory.customers.tables import CustomerSummary

TABLE = CustomerSummary.__tablename__
COLUMNS = tuple(column.name for column in CustomerSummary.__table__.columns)
INDEXES = {
    str(index.name): ", ".join(column.name for column in index.columns)
    for index in sorted(CustomerSummary.metadata.tables[TABLE].indexes, key=lambda index: str(index.name))
}
BESIDE = "fresh_"
FRESH = f"{BESIDE}{TABLE}"
PATIENCE = "200ms"  # for which readers may have to queue behind us for the table; below the time of a deadlock check
TRIES = 25

_LOCK_NOT_AVAILABLE = "55P03"
_NAMES = ", ".join(COLUMNS)
_KEY = f"pk_{TABLE}"
_CREATE = f"CREATE TABLE {FRESH} (LIKE {TABLE} INCLUDING DEFAULTS)"
_MEMORY = "SET LOCAL maintenance_work_mem = '128MB'"  # an index of a million rows is sorted without a file
_NEW_KEY = f"ALTER TABLE {FRESH} ADD CONSTRAINT {BESIDE}{_KEY} PRIMARY KEY (customer_id)"
_REST = """
INSERT INTO {table} (customer_id) SELECT c.id FROM customers c
WHERE NOT EXISTS (SELECT FROM {table} s WHERE s.customer_id = c.id) ON CONFLICT DO NOTHING"""
_ALONE = f"LOCK TABLE {TABLE} IN SHARE ROW EXCLUSIVE MODE"  # newcomers wait, readers do not
_INSTEAD = (
    f"LOCK TABLE {TABLE} IN ACCESS EXCLUSIVE MODE",
    f"DROP TABLE {TABLE}",
    f"ALTER TABLE {FRESH} RENAME TO {TABLE}",
    *(f"ALTER INDEX {BESIDE}{name} RENAME TO {name}" for name in (_KEY, *INDEXES)),
)
_ONE_BY_ONE = (
    f"DELETE FROM {TABLE}",
    f"INSERT INTO {TABLE} ({_NAMES}) SELECT {_NAMES} FROM {FRESH} ON CONFLICT DO NOTHING",
    f"DROP TABLE {FRESH}",
    _REST.format(table=TABLE),
)


def replace_summaries(session: Session, batches: Iterable[pa.RecordBatch]) -> int:
    """Replace every customer's numbers; returns how many customers got some.

    ``batches`` hold ``customer_id`` (once each) and any other columns of ``CustomerSummary`` by name: numbers,
    naive UTC timestamps, ``next_order_at`` as a date, ``reasons`` as JSON text. A customer left out has none.
    Readers see the old numbers until the caller's transaction is committed.
    """
    rows = load_summaries(session, batches)
    show_summaries(session)
    return rows


def load_summaries(session: Session, batches: Iterable[pa.RecordBatch]) -> int:
    """Load and index everybody's numbers beside the table that is read; returns how many customers got some."""
    session.execute(text(_CREATE))
    driver = session.connection().connection.driver_connection
    rows = 0
    for batch in batches:
        names = [name for name in COLUMNS if name in batch.schema.names]
        rows += copy_in(driver, FRESH, names, [batch.select(names)], frozen=True)
    session.execute(text(_MEMORY))
    session.execute(text(_NEW_KEY))
    session.execute(text(_REST.format(table=FRESH)))
    for name, columns in INDEXES.items():
        session.execute(text(f"CREATE INDEX {BESIDE}{name} ON {FRESH} ({columns})"))
    session.execute(text(f"ANALYZE {FRESH}"))
    return rows


def show_summaries(session: Session) -> None:
    """Put what was loaded in the place of what is read: the last thing a transaction does.

    Nobody can read from the moment the old table is locked until the transaction is committed. Where somebody keeps
    the table in use all the time, the rows are replaced one by one.
    """
    for _ in range(TRIES):
        try:
            with session.begin_nested():
                session.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
                session.execute(text(_ALONE))
                session.execute(text(_REST.format(table=FRESH)))  # who came while the others were loaded
                for command in _INSTEAD:
                    session.execute(text(command))
            session.execute(text("SET LOCAL lock_timeout = 0"))
            return
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) != _LOCK_NOT_AVAILABLE:
                raise
    for command in _ONE_BY_ONE:
        session.execute(text(command))
