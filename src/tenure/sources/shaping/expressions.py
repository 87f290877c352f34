"""Small expressions that every shape needs."""

from collections.abc import Sequence
from functools import reduce

import ibis
import ibis.expr.types as ir

from tenure.sources.source import ROW
from tenure.warehouse.schema import CONTRACTS, Contract

SEPARATOR = "\x1f"


def given(rows: ir.Table, name: str, dtype: str = "string") -> ir.Value:
    """Return a column, or nulls of a type when the file has none."""
    return rows[name] if name in rows.columns else ibis.null(dtype)


def content_hash(prefix: str, *parts: ir.Value) -> ir.StringValue:
    """Return the same id for the same parts."""
    told = [part.cast("string").fill_null("") for part in parts]
    joined = reduce(lambda left, right: left + ibis.literal(SEPARATOR) + right, told)
    return ibis.literal(f"{prefix}_") + joined.hexdigest("sha256").substr(0, 24)


def with_content_id(rows: ir.Table, key: str, prefix: str, parts: Sequence[str]) -> ir.Table:
    """Give rows without a key one made of their content and of how often that content stood above.

    Two equal rows of a file stay two; the same file again gives the same ids.
    """
    group = [given(rows, name).cast("string").fill_null("") for name in parts]
    occurrence = ibis.row_number().over(ibis.window(group_by=group, order_by=rows[ROW]))
    made = content_hash(prefix, *group, occurrence)
    return rows.mutate(**{key: ibis.coalesce(given(rows, key), made)})


def latest(rows: ir.Table, name: str) -> ir.Value:
    """Return the last filled value of a column, by row number, within a group."""
    return rows[name].argmax(rows[ROW], where=rows[name].notnull())


def last_per_key(rows: ir.Table, key: str) -> ir.Table:
    """Keep the last row of every key."""
    place = ibis.row_number().over(ibis.window(group_by=rows[key], order_by=rows[ROW].desc()))
    return rows.mutate(__place=place).filter(lambda t: t["__place"] == 0).drop("__place")


def promised(rows: ir.Table, table: str, import_id: str, recorded_at: ir.TimestampScalar) -> ir.Table:
    """Return rows with exactly the columns and types of a promised table."""
    contract: Contract = CONTRACTS[table]
    stamped = rows.mutate(source=ibis.literal(import_id), recorded_at=recorded_at)
    return stamped.select(**{c.name: given(stamped, c.name, c.dtype).cast(c.dtype) for c in contract.columns})
