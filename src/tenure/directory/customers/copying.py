"""Arrow batches into PostgreSQL tables by COPY: no Python object per row is made."""

import io
from collections.abc import Iterable, Sequence

import psycopg
import pyarrow as pa
import pyarrow.compute as pc
from psycopg import sql
from pyarrow import csv

_PLAIN = csv.WriteOptions(include_header=False, quoting_style="needed")  # text quoted, nulls empty and unquoted


def copy_in(driver: object, table: str, columns: Sequence[str], batches: Iterable[pa.RecordBatch]) -> int:
    """Append the named columns of batches to a table; returns how many rows. Characters PostgreSQL cannot hold go.

    ``driver`` is the psycopg connection under a session.
    """
    assert isinstance(driver, psycopg.Connection)
    rows = 0
    command = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with driver.cursor() as cursor, cursor.copy(command) as copy:
        for batch in batches:
            rows += batch.num_rows
            sink = io.BytesIO()
            csv.write_csv(pa.table([_writable(batch.column(c)) for c in columns], names=list(columns)), sink, _PLAIN)
            copy.write(sink.getbuffer())
    return rows


def entries_of(batch: pa.RecordBatch, key: str, tags: str) -> pa.RecordBatch:
    """Unfold a map column into rows of (customer_id, name, value)."""
    known = batch.take(pc.indices_nonzero(pc.is_valid(batch.column(tags))))
    column = known.column(tags)
    names = pa.ListArray.from_arrays(column.offsets, column.keys)
    values = pa.ListArray.from_arrays(column.offsets, column.items)
    owners = known.column(key).take(pc.list_parent_indices(names))
    return pa.record_batch(
        [owners, pc.list_flatten(names), pc.list_flatten(values)], names=["customer_id", "name", "value"]
    )


def _writable(column: pa.Array) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return pc.replace_substring(column, "\0", "")
    return column
