"""The face of the lake: what every room may ask of it, whatever engine answers."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias, TypeVar

import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends.sql import SQLBackend

T = TypeVar("T")
Rows: TypeAlias = pa.Table | pa.RecordBatchReader | ir.Table


class Unfit(ValueError):
    """Rows the lake cannot hold: not for now, but as they are."""


@dataclass(frozen=True)
class Written:
    """What a write did: rows that are new, rows whose content changed, rows that were there already."""

    inserted: int
    updated: int
    unchanged: int


@dataclass(frozen=True)
class Purged:
    """What a purge did: files of data removed from the disk, and snapshots that are no more."""

    files: int
    snapshots: int


@dataclass(frozen=True)
class Searched:
    """What lies on the disk: files of data read, and rows found in them."""

    files: int
    rows: int


class Lake(Protocol):
    """Append-only tables with transactions and snapshots, shared by many threads and processes.

    Every thread works on a connection of its own. A write outside ``transaction()`` is a transaction by itself.
    """

    @property
    def backend(self) -> SQLBackend:
        """The Ibis backend of the calling thread."""
        ...

    def table(self, name: str) -> ir.Table:
        """Return one promised table as an expression; ``name`` is a contract's name."""
        ...

    def stage(self, name: str, rows: Rows) -> ir.Table:
        """Put rows, given or worked out, into a temporary table of the calling thread, replacing one of the same name."""
        ...

    def drop_stage(self, name: str) -> None:
        """Drop a temporary table."""
        ...

    def read(self, expression: ir.Table) -> pa.Table:
        """Run an expression and return its rows."""
        ...

    def batches(self, expression: ir.Table, size: int) -> Iterator[pa.RecordBatch]:
        """Run an expression and give its rows in batches, for results larger than memory should hold."""
        ...

    def append(self, name: str, rows: Rows) -> int:
        """Add rows to a table; returns how many. The columns must be the contract's."""
        ...

    def upsert(self, name: str, rows: Rows) -> Written:
        """Add rows with new keys, replace rows whose content differs, leave equal rows as they are.

        Content is every column but ``source``, ``recorded_at`` and ``changed_at``. A replaced row stays known since
        it was first recorded and is changed since the new one was. A key that stands twice in ``rows`` is an error of
        the caller.
        """
        ...

    def delete(self, name: str, where: Callable[[ir.Table], ir.BooleanValue]) -> int:
        """Remove the rows a condition names; returns how many."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """Make the writes inside one whole: all of them land, or none."""
        ...

    def retry(self, work: Callable[[], T]) -> T:
        """Run ``work`` in a transaction, again from the start when another writer was faster."""
        ...

    def carried(self, batch_id: str) -> bool:
        """Say whether a batch of the outbox has landed."""
        ...

    def mark_carried(self, batch_id: str) -> None:
        """Record, inside the transaction that writes its rows, that a batch has landed."""
        ...

    def snapshot(self) -> int:
        """Return the number of the newest snapshot."""
        ...

    def data_version(self) -> int:
        """Return the newest snapshot that added or took away rows other than scores, which we work out ourselves."""
        ...

    def maintain(self, keep_snapshots_since: datetime) -> None:
        """Merge small files, forget old snapshots and remove files nothing refers to."""
        ...

    def purge(self) -> Purged:
        """Let no file hold a row that was deleted: only the newest snapshot stays, and what it needs is written anew.

        A reader that still looks at an earlier snapshot may find its files gone.
        """
        ...

    def sweep(self) -> int:
        """Remove files nothing refers to, left by a process that died; nobody may write meanwhile. Returns how many."""
        ...

    def search_files(self, name: str, column: str, values: Sequence[str]) -> Searched:
        """Look for values in every file of a table on the disk, whichever snapshot it belongs to, or none."""
        ...

    def close(self) -> None:
        """Let go of every connection."""
        ...
