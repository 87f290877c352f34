"""The lake on one machine: DuckDB over DuckLake, with the catalogue in PostgreSQL and Parquet in a folder."""

import importlib.util
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import duckdb
import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends.duckdb import Backend

from tenure.kit.errors import Unavailable
from tenure.kit.i18n import Text
from tenure.warehouse.lake import Purged, Rows, Searched, Unfit, Written
from tenure.warehouse.schema import CONTRACTS, Contract

T = TypeVar("T")

ATTEMPTS = 8  # writers that met on the same table; each waits longer than the last
NEVER_COMPARED = ("source", "recorded_at", "changed_at")
# Merging and flushing files leaves the rows as they are.
_DATA_VERSION = """
    SELECT max(snapshot_id) FROM (
        SELECT snapshot_id, unnest(flatten(list_transform(
            ['tables_inserted_into', 'tables_deleted_from', 'inlined_insert', 'inlined_delete'],
            lambda kind: coalesce(changes[kind], [])))) AS changed
        FROM ducklake_snapshots('lake'))
    WHERE changed NOT IN (SELECT table_id::VARCHAR FROM ducklake_table_info('lake') WHERE table_name = 'scores')"""
_UNFIT = (duckdb.DataError, duckdb.InvalidInputException)  # of rows, not of the moment: trying again does not help
_NAMESPACE = ops.Namespace(catalog="lake", database="main")


@dataclass(frozen=True)
class Location:
    """Where a lake lies: libpq words for the catalogue's database, and a folder or s3:// address for the files."""

    catalogue: str
    files: str
    scratch: Path
    memory_limit: str = "4GB"
    threads: int | None = None


class DuckLake:
    """A lake answered by DuckDB inside this process; see ``warehouse.lake.Lake`` for the promises."""

    def __init__(self, location: Location) -> None:
        self.location = location
        self._root = _connect(location)
        self._local = threading.local()
        self._lock = threading.Lock()
        self._cursors: list[duckdb.DuckDBPyConnection] = []
        self._ensure_tables()

    # -- connections -------------------------------------------------------------------------------------------

    @property
    def backend(self) -> Backend:
        """The Ibis backend of the calling thread."""
        backend: Backend | None = getattr(self._local, "backend", None)
        if backend is None:
            with self._lock:
                cursor = self._root.cursor()
                self._cursors.append(cursor)
            backend = ibis.duckdb.from_connection(cursor)
            self._local.backend = backend
            self._local.depth = 0
        return backend

    @property
    def _con(self) -> duckdb.DuckDBPyConnection:
        con: duckdb.DuckDBPyConnection = self.backend.con
        return con

    def close(self) -> None:
        """Let go of every connection."""
        with self._lock:
            for cursor in self._cursors:
                cursor.close()
            self._cursors.clear()
            self._root.close()

    # -- reading -----------------------------------------------------------------------------------------------

    def table(self, name: str) -> ir.Table:
        """Return one promised table as an expression; costs no query, the contract knows the columns."""
        return ops.DatabaseTable(
            name=name, schema=CONTRACTS[name].schema(), source=self.backend, namespace=_NAMESPACE
        ).to_expr()

    def read(self, expression: ir.Table) -> pa.Table:
        """Run an expression and return its rows."""
        return self.backend.to_pyarrow(expression)

    def batches(self, expression: ir.Table, size: int) -> Iterator[pa.RecordBatch]:
        """Run an expression and give its rows in batches."""
        yield from self.backend.to_pyarrow_batches(expression, chunk_size=size)

    def stage(self, name: str, rows: Rows) -> ir.Table:
        """Put rows, given or worked out, into a temporary table of the calling thread."""
        if isinstance(rows, ir.Table):
            self._con.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS {self.backend.compile(rows)}')
            return self.backend.table(name, database=("temp", "main"))
        self._con.register("_incoming", rows)
        try:
            with _fitting():
                self._con.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS SELECT * FROM _incoming')
        finally:
            self._con.unregister("_incoming")
        return self.backend.table(name, database=("temp", "main"))

    def drop_stage(self, name: str) -> None:
        """Drop a temporary table."""
        self._con.execute(f'DROP TABLE IF EXISTS temp."{name}"')

    # -- writing -----------------------------------------------------------------------------------------------

    def append(self, name: str, rows: Rows) -> int:
        """Add rows to a table; returns how many."""
        columns = _quoted(CONTRACTS[name].names)
        with self._as_source(rows, once=True) as source, _fitting():
            done = self._con.execute(f"INSERT INTO lake.{name} ({columns}) SELECT {columns} FROM {source}").fetchone()
        return int(done[0]) if done else 0

    def upsert(self, name: str, rows: Rows) -> Written:
        """Add rows with new keys, replace rows whose content differs, leave equal rows as they are."""
        contract = CONTRACTS[name]
        with self._as_source(rows) as source, self.transaction(), _fitting():
            self._con.execute(_verdict_sql(contract, source))
            counts = dict(self._con.execute("SELECT verdict, count(*) FROM _verdicts GROUP BY 1").fetchall())
            if counts.get("updated"):
                self._con.execute(
                    f"DELETE FROM lake.{name} WHERE {contract.key} IN "
                    "(SELECT key FROM _verdicts WHERE verdict = 'updated')"
                )
            if counts.get("updated") or counts.get("inserted"):
                self._con.execute(_write_sql(contract, source))
            self._con.execute("DROP TABLE _verdicts")
        return Written(counts.get("inserted", 0), counts.get("updated", 0), counts.get("unchanged", 0))

    def delete(self, name: str, where: Callable[[ir.Table], ir.BooleanValue]) -> int:
        """Remove the rows a condition names; returns how many."""
        table = self.table(name)
        key = CONTRACTS[name].key
        doomed = self.backend.compile(table.filter(where(table)).select(key))
        done = self._con.execute(f"DELETE FROM lake.{name} WHERE {key} IN ({doomed})").fetchone()
        return int(done[0]) if done else 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make the writes inside one whole; an inner transaction joins the outer one."""
        con = self._con
        if self._local.depth:
            yield
            return
        con.execute("BEGIN TRANSACTION")
        self._local.depth = 1
        try:
            yield
            con.execute("COMMIT")
        except BaseException:
            _roll_back(con)
            raise
        finally:
            self._local.depth = 0

    def retry(self, work: Callable[[], T]) -> T:
        """Run ``work`` in a transaction, again from the start when another writer was faster."""
        for attempt in range(1, ATTEMPTS):
            try:
                with self.transaction():
                    return work()
            except duckdb.TransactionException:
                time.sleep(0.05 * 2**attempt)
        with self.transaction():
            return work()

    def carried(self, batch_id: str) -> bool:
        """Say whether a batch of the outbox has landed."""
        found = self._con.execute("SELECT 1 FROM lake.carried_batches WHERE batch_id = ?", [batch_id]).fetchone()
        return found is not None

    def mark_carried(self, batch_id: str) -> None:
        """Record that a batch has landed."""
        self._con.execute("INSERT INTO lake.carried_batches VALUES (?, now()::TIMESTAMP)", [batch_id])

    # -- upkeep ------------------------------------------------------------------------------------------------

    def snapshot(self) -> int:
        """Return the number of the newest snapshot."""
        found = self._con.execute("SELECT max(snapshot_id) FROM ducklake_snapshots('lake')").fetchone()
        return int(found[0]) if found and found[0] is not None else 0

    def data_version(self) -> int:
        """Return the newest snapshot that added or took away rows other than scores, which we work out ourselves."""
        found = self._con.execute(_DATA_VERSION).fetchone()
        return int(found[0]) if found and found[0] is not None else 0

    def maintain(self, keep_snapshots_since: datetime) -> None:
        """Merge small files, forget old snapshots and remove files nothing refers to."""
        since = keep_snapshots_since.isoformat()
        self._con.execute("CALL ducklake_flush_inlined_data('lake')")
        self._con.execute("CALL ducklake_merge_adjacent_files('lake')")
        self._con.execute("CALL ducklake_rewrite_data_files('lake')")
        self._con.execute(f"CALL ducklake_expire_snapshots('lake', older_than => TIMESTAMPTZ '{since}')")
        self._con.execute(f"CALL ducklake_cleanup_old_files('lake', older_than => TIMESTAMPTZ '{since}')")

    def purge(self) -> Purged:
        """Write anew what rows were deleted from, forget every snapshot but the newest, remove what only they needed."""
        self._call("ducklake_flush_inlined_data('lake')")
        self._call("ducklake_rewrite_data_files('lake', delete_threshold => 0)")
        forgotten = self._call("ducklake_expire_snapshots('lake', older_than => now())")
        removed = self._call("ducklake_cleanup_old_files('lake', cleanup_all => true)")
        return Purged(len(removed), len(forgotten))

    def sweep(self) -> int:
        """Remove files nothing refers to."""
        return len(self._call("ducklake_delete_orphaned_files('lake', cleanup_all => true)"))

    def search_files(self, name: str, column: str, values: Sequence[str]) -> Searched:
        """Look for values in every file of a table, whether the catalogue knows it or not."""
        pattern = f"{self.location.files.rstrip('/')}/main/{name}/**/*.parquet"
        found = self._con.execute("SELECT file FROM glob(?) WHERE file NOT LIKE '%-delete.parquet'", [pattern])
        files = [str(row[0]) for row in found.fetchall()]
        if not files:
            return Searched(0, 0)
        counted = self._con.execute(
            f'SELECT count(*) FROM read_parquet(?, union_by_name => true) WHERE "{column}" IN (SELECT unnest(?))',
            [files, list(values)],
        ).fetchone()
        return Searched(len(files), int(counted[0]) if counted else 0)

    def _call(self, work: str) -> list[tuple[object, ...]]:
        """Run one piece of upkeep, again when another writer was faster."""
        for attempt in range(1, ATTEMPTS):
            try:
                return self._con.execute(f"CALL {work}").fetchall()
            except duckdb.TransactionException:
                time.sleep(0.05 * 2**attempt)
        return self._con.execute(f"CALL {work}").fetchall()

    def _ensure_tables(self) -> None:
        present: dict[str, set[str]] = {}
        for table, column in self._con.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'lake'"
        ).fetchall():
            present.setdefault(table, set()).add(column)
        statements = [s for c in CONTRACTS.values() for s in _missing_parts(c, present.get(c.name))]
        if "carried_batches" not in present:
            statements.append(
                "CREATE TABLE IF NOT EXISTS lake.carried_batches (batch_id VARCHAR, carried_at TIMESTAMP)"
            )
        if statements:
            self.retry(lambda: [self._con.execute(statement) for statement in statements])

    @contextmanager
    def _as_source(self, rows: Rows, *, once: bool = False) -> Iterator[str]:
        """Give rows a name SQL can read them by; what is read once is not held whole."""
        if isinstance(rows, ir.Table):
            yield f"({self.backend.compile(rows)})"
            return
        self._con.register("_rows", rows if once or isinstance(rows, pa.Table) else rows.read_all())
        try:
            yield "_rows"
        finally:
            self._con.unregister("_rows")


def _connect(location: Location) -> duckdb.DuckDBPyConnection:
    location.scratch.mkdir(parents=True, exist_ok=True)
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": location.memory_limit,
        "temp_directory": str(location.scratch),
        "autoinstall_known_extensions": False,
    }
    if location.threads is not None:
        config["threads"] = location.threads
    con = duckdb.connect(config=config)
    for extension in ("ducklake", "postgres_scanner"):
        _load(con, extension)
    if location.files.startswith("s3://"):
        _load(con, "httpfs")
    con.execute("SET GLOBAL TimeZone = 'UTC'")
    con.execute("SET GLOBAL pg_connection_limit = 16")
    con.execute("SET GLOBAL ducklake_max_retry_count = 30")
    catalogue = location.catalogue.replace("'", "''")
    files = location.files.replace("'", "''")
    con.execute(
        f"ATTACH 'ducklake:postgres:{catalogue}' AS lake "
        f"(DATA_PATH '{files}', OVERRIDE_DATA_PATH true, METADATA_SCHEMA 'lake_catalogue')"  # workspaces may be moved
    )
    return con


def _load(con: duckdb.DuckDBPyConnection, extension: str) -> None:
    """Load an extension from its PyPI package, else from DuckDB's own folder, else by downloading it."""
    spec = importlib.util.find_spec(f"duckdb_extension_{extension}")
    if spec is not None and spec.origin is not None:
        packaged = sorted(Path(spec.origin).parent.glob(f"extensions/v{duckdb.__version__}/*.duckdb_extension"))
        if packaged:
            con.execute(f"LOAD '{packaged[-1]}'")
            return
    try:
        con.execute(f"INSTALL {extension}")
        con.execute(f"LOAD {extension}")
    except duckdb.Error as error:
        raise Unavailable(
            Text(f"The DuckDB extension {extension} cannot be loaded.", f"无法加载 DuckDB 扩展 {extension}。"),
            remedy=Text(
                f"Let this machine reach DuckDB's extension server once, or copy {extension} to ~/.duckdb.",
                f"请让本机联网下载一次该扩展，或将 {extension} 复制到 ~/.duckdb。",
            ),
        ) from error


def _missing_parts(contract: Contract, present: set[str] | None) -> list[str]:
    types = {name: Backend.compiler.type_mapper.to_string(dtype) for name, dtype in contract.schema().items()}
    if present is None:
        columns = ", ".join(f'"{name}" {kind}' for name, kind in types.items())
        return [f"CREATE TABLE IF NOT EXISTS lake.{contract.name} ({columns})"]
    return [
        f'ALTER TABLE lake.{contract.name} ADD COLUMN "{name}" {kind}'
        for name, kind in types.items()
        if name not in present
    ]


def _verdict_sql(contract: Contract, source: str) -> str:
    compared = [c.name for c in contract.columns if c.name not in NEVER_COMPARED and c.name != contract.key]
    new, old = (", ".join(f'{side}."{name}"' for name in compared) for side in ("n", "o"))
    return f"""
        CREATE OR REPLACE TEMP TABLE _verdicts AS
        SELECT n.{contract.key} AS key, o.recorded_at AS known_since,
               CASE WHEN o.{contract.key} IS NULL THEN 'inserted'
                    WHEN row({new}) IS DISTINCT FROM row({old}) THEN 'updated'
                    ELSE 'unchanged' END AS verdict
        FROM {source} n LEFT JOIN lake.{contract.name} o ON o.{contract.key} = n.{contract.key}"""


def _write_sql(contract: Contract, source: str) -> str:
    """Insert new and replacing rows; what replaces stays known since the row was first recorded."""
    told = {name: f'n."{name}"' for name in contract.names} | {
        "recorded_at": "least(v.known_since, n.recorded_at)",  # of what is new, known_since is empty: least skips it
        "changed_at": "CASE WHEN v.verdict = 'updated' THEN n.recorded_at ELSE n.changed_at END",
    }
    return f"""
        INSERT INTO lake.{contract.name} ({_quoted(contract.names)})
        SELECT {", ".join(told.values())}
        FROM {source} n JOIN _verdicts v ON v.key = n.{contract.key} WHERE v.verdict <> 'unchanged'"""


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


@contextmanager
def _fitting() -> Iterator[None]:
    """Tell rows the lake cannot hold as what they are."""
    try:
        yield
    except _UNFIT as error:
        raise Unfit(str(error)) from error


def _roll_back(con: duckdb.DuckDBPyConnection) -> None:
    try:
        con.execute("ROLLBACK")
    except duckdb.TransactionException:
        return  # a failed COMMIT has rolled back already
