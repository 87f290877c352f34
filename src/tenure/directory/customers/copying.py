"""Arrow batches into PostgreSQL tables by COPY: no Python object per row is made."""

import io
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, cast

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

_PLAIN = csv.WriteOptions(include_header=False, quoting_style="needed")  # text quoted, nulls empty and unquoted


class _Copy(Protocol):
    def write(self, buffer: memoryview) -> None: ...


class _Cursor(Protocol):
    def copy(self, statement: str) -> AbstractContextManager[_Copy]: ...


class _Driver(Protocol):
    def cursor(self) -> AbstractContextManager[_Cursor]: ...


def copy_in(
    driver: object, table: str, columns: Sequence[str], batches: Iterable[pa.RecordBatch], *, frozen: bool = False
) -> int:
    """Append the named columns of batches to a table; returns how many rows. Characters PostgreSQL cannot hold go.

    ``driver`` is the psycopg connection under a session; ``table`` and ``columns`` are names of our own. A table made
    in the same transaction can be filled ``frozen``: ready for everybody, whenever they began to read.
    """
    rows, options = 0, "FORMAT csv, FREEZE" if frozen else "FORMAT csv"
    with (
        cast(_Driver, driver).cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN ({options})") as copy,
    ):
        for batch in batches:
            rows += batch.num_rows
            sink = io.BytesIO()
            table_of_batch = pa.table([_writable(batch.column(c)) for c in columns], names=list(columns))
            csv.write_csv(table_of_batch, sink, _PLAIN)
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
