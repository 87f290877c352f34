"""Builds the feature table: one row per customer at an instant, one pass over each lake table.

Both clocks of ``warehouse.history`` apply: a history that does not say by when a row must have been known is read
as known by its own instant. Who scores the present says so: ``History(lake, as_of, zone, known_by=now)``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from tenure.features.catalog import chosen
from tenure.features.feature import Feature
from tenure.features.past import PAST
from tenure.warehouse.history import History

ELIGIBLE = ("customers", "orders", "events", "subscriptions")  # a row in one of these makes a customer


def build(history: History, names: Iterable[str] | None = None) -> ir.Table:
    """Return customer_id and the features named (all by default), for everybody who was a customer at the instant."""
    features = chosen(names)
    history = both_clocks(history)
    filled = tables_with_rows(history)
    table = customers(history, filled)
    missing: list[Feature] = []
    for past, members in _by_past(features).items():
        source, rows_of = PAST[past]
        if source not in filled:
            missing.extend(members)
            continue
        rows = rows_of(history)
        numbers = rows.group_by("customer_id").aggregate(
            **{feature.name: feature.expression(rows).cast(feature.dtype) for feature in members}
        )
        table = table.left_join(numbers, "customer_id").drop("customer_id_right")
    values = {feature.name: _value(table, feature, absent=feature in missing) for feature in features}
    return table.select("customer_id", **values)


def both_clocks(history: History) -> History:
    """Return a history that minds when rows became known: by its own instant, where it does not say otherwise."""
    return history if history.known_by is not None else replace(history, known_by=history.as_of)


def customers(history: History, filled: frozenset[str]) -> ir.Table:
    """Return the id of everybody who had joined, bought, come by or subscribed by the instant."""
    tables = [history.table(name) for name in ELIGIBLE if name in filled] or [history.table("customers")]
    ids = [rows.filter(rows.customer_id.notnull()).select("customer_id").distinct() for rows in tables]
    return reduce(lambda one, other: one.union(other), ids).distinct()


def tables_with_rows(history: History) -> frozenset[str]:
    """Return the lake tables that hold anything at all: the others cost nothing."""
    sources = sorted({source for source, _ in PAST.values()})
    counts = [
        history.lake.table(name).aggregate(rows=lambda table: table.count()).mutate(name=ibis.literal(name))
        for name in sources
    ]
    found = history.lake.read(reduce(lambda one, other: one.union(other), counts))
    return frozenset(row["name"] for row in found.to_pylist() if row["rows"])


def _by_past(features: Iterable[Feature]) -> dict[str, list[Feature]]:
    groups: dict[str, list[Feature]] = {}
    for feature in features:
        groups.setdefault(feature.past, []).append(feature)
    return groups


def _value(table: ir.Table, feature: Feature, *, absent: bool) -> ir.Value:
    if absent:
        return (
            ibis.literal(feature.absent, type=feature.dtype) if feature.absent is not None else ibis.null(feature.dtype)
        )
    column = table[feature.name]
    return column if feature.absent is None else column.fill_null(feature.absent)


@dataclass(frozen=True)
class FeatureTable:
    """Who is a customer, in order of id, and every feature as one array; NaN is not known."""

    customers: pa.Array
    columns: dict[str, np.ndarray]

    def __len__(self) -> int:
        return len(self.customers)


def read(history: History, names: Iterable[str] | None = None) -> FeatureTable:
    """Read the feature table; its order and every digit are the same whenever the rows are."""
    table = history.lake.read(build(history, names).order_by("customer_id"))
    columns = {name: table[name].to_numpy() for name in table.column_names if name != "customer_id"}
    return FeatureTable(
        pa.concat_arrays(table["customer_id"].chunks) if table.num_rows else pa.array([], pa.string()), columns
    )


def read_many(
    history: History, instants: Iterable[datetime], names: Iterable[str] | None = None
) -> Iterator[FeatureTable]:
    """Read the feature tables of many instants in one pass over the lake, one after the other in the order given.

    Each equals ``read(history.at(instant), names)`` byte for byte: what had happened by its instant and was known
    by then. One table is held at a time; take of it what is needed before asking for the next.
    """
    names = None if names is None else tuple(names)
    for moment in instants:
        yield read(history.at(moment), names)
