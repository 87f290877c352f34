"""A person in the lake: their rows counted, taken out, and looked for in every file on the disk."""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from tenure.app.person.inventory import ANONYMOUS, LAKE, NAMES_SOMEBODY
from tenure.app.person.people import People
from tenure.warehouse.lake import Lake
from tenure.warehouse.schema import CONTRACTS

IDENTITY = {
    "customers": ("customer_id", "email", "phone", "wecom_id"),
    "customer_links": ("customer_id", "canonical_id"),
}


@dataclass(frozen=True)
class Left:
    """What a look through every file of the lake found: files read, and rows that still name somebody."""

    files: int
    rows: int


def count(lake: Lake, people: People) -> dict[str, int]:
    """Return how many rows of each table are about some people."""
    ids = _ids(lake, people)
    counted = {}
    for name in LAKE:
        rows = _about(lake.table(name), name, ids)
        counted[name] = int(lake.read(rows.aggregate(n=rows.count()))["n"][0].as_py())
    return counted


def rows(lake: Lake, name: str, people: People) -> Sequence[dict[str, object]]:
    """Return the rows of a table that are about some people, in the order they happened."""
    found = _about(lake.table(name), name, _ids(lake, people)).order_by(CONTRACTS[name].time)
    return list(lake.read(found).to_pylist())


def take_out(lake: Lake, people: People, *, keep_orders: bool) -> None:
    """Take some people out of every table in one transaction; orders may stay as sales without a customer."""

    def work() -> None:
        ids = _ids(lake, people)
        for name in LAKE:
            stays = keep_orders and name in ANONYMOUS
            kept = lake.read(_anonymous(_about(lake.table(name), name, ids), name)) if stays else None
            lake.delete(name, lambda table, name=name: _is_about(table, name, ids))  # type: ignore[misc]
            if kept is not None and kept.num_rows:
                lake.append(name, kept)

    lake.retry(work)


def look(lake: Lake, people: People) -> Left:
    """Read every file of the lake on the disk, those of no snapshot too, and count rows that name some people."""
    files = found = 0
    told = {"email": people.own["email"], "phone": people.own["phone"], "wecom_id": people.own["wecom"]}
    for name in LAKE:
        for column in IDENTITY.get(name, ("customer_id",)):
            values = told.get(column, people.ids)
            if values:
                searched = lake.search_files(name, column, values)
                found += searched.rows
                files += searched.files if column == "customer_id" else 0
    return Left(files, found)


def _ids(lake: Lake, people: People) -> ir.Table:
    return lake.stage("erasing", pa.table({"id": pa.array(people.ids, pa.string())}))


def _is_about(table: ir.Table, name: str, ids: ir.Table) -> ir.BooleanValue:
    about = table.customer_id.isin(ids.id)
    return about | table.canonical_id.isin(ids.id) if name == "customer_links" else about


def _about(table: ir.Table, name: str, ids: ir.Table) -> ir.Table:
    return table.filter(_is_about(table, name, ids))


def _anonymous(table: ir.Table, name: str) -> ir.Table:
    """Return rows without what names anybody."""
    emptied = {column: ibis.null("string") for column in NAMES_SOMEBODY[name]}
    return table.mutate(**emptied).select(*CONTRACTS[name].names)
