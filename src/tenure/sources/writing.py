"""Puts prepared rows into the lake and takes an import out again.

What an import replaces is kept in its folder, so that undo brings it back.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tenure.sources.preparing import Prepared, keep
from tenure.sources.shaping.customers import merged
from tenure.sources.shaping.expressions import promised
from tenure.sources.source import BATCH_ROWS
from tenure.warehouse.lake import Lake, Written
from tenure.warehouse.schema import CONTRACTS

WRITTEN_TABLES = (
    "customers",
    "orders",
    "order_items",
    "products",
    "payments",
    "subscriptions",
    "events",
    "tickets",
    "feedback",
)
# A score is made from what happened; where nothing else speaks of a customer, it is no reason to keep one.
SAYS_NOTHING_NEW = ("customers", "products", "customer_links", "scores", "anonymous_events")
NEVER_COMPARED = ("source", "recorded_at", "changed_at")


@dataclass(frozen=True)
class Comparison:
    """Rows that would change a table, and how many would be new, changed or as they are."""

    table: str
    changing: ir.Table
    counts: Written


def compare(
    lake: Lake, prepared: Prepared, kind: str, import_id: str, recorded_at: ir.TimestampScalar
) -> list[Comparison]:
    """Set prepared rows beside what the lake holds now; call it inside the transaction that writes."""
    found = []
    incoming = dict(prepared.tables)
    if prepared.told is not None:
        incoming["customers"] = merged(prepared.told, lake.table("customers"), kind)
    for table, rows in incoming.items():
        new = keep(lake, f"import_new_{table}", promised(rows, table, import_id, recorded_at))
        found.append(_compare_table(lake, table, new))
    return found


def _compare_table(lake: Lake, table: str, new: ir.Table) -> Comparison:
    contract = CONTRACTS[table]
    compared = [c.name for c in contract.columns if c.name not in (*NEVER_COMPARED, contract.key)]
    old = lake.table(table).rename({f"__old_{name}": name for name in contract.names})
    both = new.left_join(old, new[contract.key] == old[f"__old_{contract.key}"])
    same = ibis.and_(*(both[name].identical_to(both[f"__old_{name}"]) for name in compared))
    verdict = ibis.cases((both[f"__old_{contract.key}"].isnull(), "inserted"), (same, "unchanged"), else_="updated")
    told = both.select(key=both[contract.key], verdict=verdict, known_since=both["__old_recorded_at"])
    verdicts = keep(lake, f"import_verdicts_{table}", told)
    counted = lake.read(verdicts.group_by("verdict").aggregate(n=verdicts.count())).to_pylist()
    numbers = {row["verdict"]: int(row["n"]) for row in counted}
    changed = verdicts.filter(verdicts.verdict != "unchanged")
    changing = new.inner_join(changed, new[contract.key] == changed.key)
    changing = changing.mutate(  # a corrected row stays known since it was first recorded
        recorded_at=ibis.coalesce(changing.known_since, changing.recorded_at),
        changed_at=ibis.ifelse(changing.known_since.notnull(), changing.recorded_at, changing.changed_at),
    ).drop("key", "known_since")
    return Comparison(
        table, changing, Written(numbers.get("inserted", 0), numbers.get("updated", 0), numbers.get("unchanged", 0))
    )


def write(lake: Lake, found: Iterable[Comparison], folder: Path) -> None:
    """Write what changes, keeping in ``folder`` the rows that are replaced; call it inside a transaction."""
    for comparison in found:
        contract = CONTRACTS[comparison.table]
        if comparison.counts.updated:
            replaced = comparison.changing.filter(comparison.changing.verdict == "updated")[contract.key]
            stored = lake.table(comparison.table)
            _save(lake, stored.filter(stored[contract.key].isin(replaced)), _prior_file(folder, comparison.table))
            _delete_keys(lake, comparison.table, replaced)
        else:
            _prior_file(folder, comparison.table).unlink(missing_ok=True)
        if comparison.counts.updated or comparison.counts.inserted:
            lake.append(comparison.table, comparison.changing.drop("verdict"))


def _delete_keys(lake: Lake, table: str, keys: ir.Value) -> int:
    key = CONTRACTS[table].key
    return lake.delete(table, lambda rows: rows[key].isin(keys))


def _prior_file(folder: Path, table: str) -> Path:
    return folder / f"before-{table}.parquet"


def _save(lake: Lake, rows: ir.Table, path: Path) -> None:
    with pq.ParquetWriter(path, rows.schema().to_pyarrow()) as writer:
        for batch in lake.batches(rows, BATCH_ROWS):
            writer.write_batch(batch.cast(rows.schema().to_pyarrow()))


@dataclass(frozen=True)
class Undone:
    """What an undo did: rows taken out and brought back per table, and customers kept because others refer to them."""

    removed: Mapping[str, int]
    restored: Mapping[str, int]
    customers_removed: pa.Table
    customers_kept: int


FolderOf = Callable[[str], Path | None]
StillKnown = Callable[[Sequence[str]], Sequence[str]]


def referred_elsewhere(lake: Lake, import_id: str) -> pa.Table:
    """Return the customers of an import's rows that something from elsewhere refers to: what happened to them stays."""
    brought = lake.table("customers")
    brought = brought.filter(brought.source == import_id).select("customer_id")
    return lake.read(_referred(lake, brought, but=import_id))


def undo(lake: Lake, import_id: str, folder: Path, folder_of_undone: FolderOf, still_known: StillKnown) -> Undone:
    """Take an import's rows out and bring back those it replaced; call it inside a transaction.

    A customer the import brought stays when anything else refers to it, or when ``still_known`` names it.
    """
    removed: dict[str, int] = {}
    restored: dict[str, int] = {}
    for table in WRITTEN_TABLES[1:]:
        removed[table] = lake.delete(table, lambda t: t.source == import_id)
        restored[table] = _restore(lake, table, folder, folder_of_undone)
    own = lake.table("customers")
    own = own.filter(own.source == import_id)
    before = _earlier(folder, "customers", folder_of_undone)
    earlier = lake.stage("import_before", before)
    created = keep(lake, "import_created", own.anti_join(earlier, "customer_id").select("customer_id"))
    known = still_known(lake.read(created)["customer_id"].to_pylist())
    held = lake.stage("import_held", pa.table({"customer_id": pa.array(known, pa.string())}))
    referred = keep(lake, "import_referred", _referred(lake, created).union(held, distinct=True))
    gone = lake.read(created.anti_join(referred, "customer_id"))
    doomed = lake.stage("import_gone", gone)
    removed["customers"] = _delete_keys(lake, "customers", doomed.customer_id)
    changed = own.semi_join(earlier, "customer_id").select("customer_id")
    back = keep(lake, "import_back", earlier.semi_join(changed, "customer_id"))
    _delete_keys(lake, "customers", back.customer_id)
    restored["customers"] = lake.append("customers", back)
    kept = lake.read(referred.aggregate(n=referred.count()))["n"][0].as_py()
    return Undone(removed, restored, gone, int(kept))


def _referred(lake: Lake, created: ir.Table, but: str = "") -> ir.Table:
    """Return which of some customers have rows in any other table, those from the source ``but`` not counted."""
    tables = [
        rows.filter(rows.source != but).select("customer_id")
        for rows in (lake.table(name) for name in CONTRACTS if name not in SAYS_NOTHING_NEW)
    ]
    present = ibis.union(*(table.semi_join(created, "customer_id").distinct() for table in tables), distinct=True)
    return created.semi_join(present, "customer_id")


def _restore(lake: Lake, table: str, folder: Path, folder_of_undone: FolderOf) -> int:
    before = _earlier(folder, table, folder_of_undone)
    if before.num_rows == 0:
        return 0
    staged = lake.stage("import_before", before)
    key = CONTRACTS[table].key
    missing = keep(lake, "import_back", staged.anti_join(lake.table(table), key))
    return lake.append(table, missing)


def _earlier(folder: Path, table: str, folder_of_undone: FolderOf) -> pa.Table:
    """Return the rows an import replaced; where those came from an import undone since, the rows before that."""
    schema = CONTRACTS[table].schema().to_pyarrow()
    path = _prior_file(folder, table)
    if not path.exists():
        return schema.empty_table()
    rows = pq.read_table(path, schema=schema)  # kept by an earlier version, it may lack a column
    for source in rows["source"].unique().to_pylist():
        undone = folder_of_undone(source)
        if undone is None:
            continue
        of_source = pc.equal(rows["source"], source)
        keys = rows.filter(of_source)[CONTRACTS[table].key]
        older = _earlier(undone, table, folder_of_undone)
        older = older.filter(pc.is_in(older[CONTRACTS[table].key], value_set=keys.combine_chunks()))
        rows = pa.concat_tables([rows.filter(pc.invert(of_source)), older])
    return rows
