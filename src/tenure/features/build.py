"""Builds the feature table: one row per customer at an instant, one pass over each lake table.

Both clocks of ``warehouse.history`` apply: a history that does not say by when a row must have been known is read
as known by its own instant. Who scores the present says so: ``History(lake, as_of, zone, known_by=now)``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import reduce

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa

from tenure.features.catalog import CATALOG, WORDS, chosen
from tenure.features.days import DAILY, gathered
from tenure.features.feature import OTHER_FEATURES, Feature
from tenure.features.gathered import APART, GATHERED, PRESENT
from tenure.features.past import PAST
from tenure.features.scope import Scope, View
from tenure.warehouse.history import History, naive
from tenure.warehouse.lake import Lake

ROWS_AT_ONCE = 100_000
Wanted = Iterable[str | Feature]
Stage = Callable[[str, ir.Table], ir.Table]


@dataclass(frozen=True)
class FeatureTable:
    """Who is a customer, in order of id, and every feature: numbers as arrays (NaN is not known), words as they are.

    ``own`` are those of its features that the catalog does not know: a workspace's attributes.
    """

    customers: pa.Array
    columns: dict[str, np.ndarray]
    words: dict[str, pa.Array] = field(default_factory=dict)
    own: tuple[Feature, ...] = ()

    def __len__(self) -> int:
        return len(self.customers)

    def frame(self) -> pd.DataFrame:
        """Return the features as a table a model reads: numbers, and words as categories."""
        words = {name: pd.Categorical(column.to_pandas()) for name, column in self.words.items()}
        return pd.DataFrame({**self.columns, **words}, index=pd.RangeIndex(len(self)))

    def taken(self, names: Iterable[str], rows: np.ndarray) -> pd.DataFrame:
        """Return some features of some customers as a table a model reads; what is not among them is not known."""
        places = pa.array(rows)
        return pd.DataFrame({name: self._taken(name, rows, places) for name in names}, index=pd.RangeIndex(len(rows)))

    def _taken(self, name: str, rows: np.ndarray, places: pa.Array) -> np.ndarray | pd.Categorical:
        if name in self.columns:
            return np.asarray(self.columns[name][rows])
        if name not in self.words:
            return np.full(len(rows), np.nan)
        coded = self.words[name].take(places).dictionary_encode()
        codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        words = pd.Index(coded.dictionary.to_pandas(), dtype=object)
        return pd.Categorical.from_codes(codes, words)


def build(history: History, names: Wanted | None = None, only: str | None = None) -> ir.Table:
    """Return customer_id and the features wanted (the whole catalog by default), for everybody who was a customer.

    Of ``only`` one customer the same is told, and of the others no more is read than what it is compared with.
    """
    view, features = _view(history, tables_with_rows(history)), chosen(names)
    return _assembled(view, features) if only is None else _alone(view, features, only)


def read(history: History, names: Wanted | None = None) -> FeatureTable:
    """Read the feature table; its order and every digit are the same whenever the rows are."""
    features, scope, lake = chosen(names), Scope.of_one(history), history.lake
    with _staging(lake, "one") as stage:
        filled = _filled(scope)
        present = {name: gather(scope) for name, (source, gather) in PRESENT.items() if source in filled}
        scope = replace(scope, keys=stage("keys", _keys(scope, present)))
        found = {name: gather(scope) for name, (source, gather) in GATHERED.items() if source in filled}
        found |= {name: stage(name, found[name]) for name in _needed(features) if name in APART and name in found}
        return _read(lake, _named(_assembled(View(scope, 0, found), features), scope), features)


def read_many(history: History, instants: Iterable[datetime], names: Wanted | None = None) -> Iterator[FeatureTable]:
    """Read the feature tables of many instants in one pass over the lake, one after the other in the order given.

    Each equals ``read(history.at(instant), names)`` byte for byte: what had happened by its instant and was known
    by then. One table is held at a time; take of it what is needed before asking for the next.
    """
    instants, features = [naive(moment) for moment in instants], chosen(names)
    if not instants:
        return
    scope = Scope.of_many(history, tuple(instants))
    if not scope.marks:
        alone = read(history.at(instants[0]), features)
        yield from (alone for _ in instants)
        return
    lake = history.lake
    with _staging(lake, "many") as stage:
        scope, staged = _gathered(scope, features, stage)
        for moment in instants:
            view = View(scope, scope.instants.index(moment), staged)
            yield _read(lake, _named(_assembled(view, features), scope), features)


def _gathered(scope: Scope, features: tuple[Feature, ...], stage: Stage) -> tuple[Scope, dict[str, ir.Table]]:
    """Gather what features need, once for all instants; returns the scope with its customers numbered."""
    filled = _filled(scope)
    staged = {name: stage(name, gather(scope)) for name, (source, gather) in PRESENT.items() if source in filled}
    scope = replace(scope, keys=stage("keys", _keys(scope, staged)))
    for name in _needed(features):
        source, gather = GATHERED[name]
        if source in filled:
            staged |= gathered(DAILY[name], scope, stage) if name in DAILY else [(name, stage(name, gather(scope)))]
    return scope, staged


@contextmanager
def _staging(lake: Lake, prefix: str) -> Iterator[Stage]:
    """Give what puts rows aside for as long as the block runs."""
    names = []

    def stage(name: str, rows: ir.Table) -> ir.Table:
        names.append(f"{prefix}_{name}")
        return lake.stage(names[-1], rows)

    try:
        yield stage
    finally:
        for name in names:
            lake.drop_stage(name)


def both_clocks(history: History) -> History:
    """Return a history that minds when rows became known: by its own instant, where it does not say otherwise."""
    return Scope.of_one(history).history


def customers(history: History, filled: frozenset[str]) -> ir.Table:
    """Return the id of everybody who was a customer at a history's instant."""
    return _customers(_view(history, filled))


def tables_with_rows(history: History) -> frozenset[str]:
    """Return the lake tables that hold anything at all: the others cost nothing."""
    sources = sorted({source for source, _ in GATHERED.values()})
    counts = [
        history.lake.table(name).aggregate(rows=lambda table: table.count()).mutate(name=ibis.literal(name))
        for name in sources
    ]
    found = history.lake.read(reduce(lambda one, other: one.union(other), counts))
    return frozenset(row["name"] for row in found.to_pylist() if row["rows"])


def _filled(scope: Scope) -> frozenset[str]:
    """Return the lake tables that hold anything, as the second clock knows them."""
    return frozenset(scope.history.first_recordings)


def _view(history: History, filled: frozenset[str]) -> View:
    """Return what is gathered of the tables that hold anything, as it stood at a history's instant."""
    scope, every = Scope.of_one(history), PRESENT | GATHERED
    return View(scope, 0, {name: gather(scope) for name, (source, gather) in every.items() if source in filled})


def _needed(features: Iterable[Feature]) -> list[str]:
    """Return what has to be gathered for some features."""
    pasts = {feature.past for feature in _with_needs(features)} - {OTHER_FEATURES}
    needed = {name for past in pasts for name in PAST[past].gathered}
    return [name for name in GATHERED if name in needed]


def _keys(scope: Scope, present: Mapping[str, ir.Table]) -> ir.Table:
    """Number the customers any table tells of, in order of id."""
    ids = _everybody(scope, present)
    return ids.select("customer_id", key=ibis.row_number().over(ibis.window(order_by="customer_id")).cast("int32"))


def _everybody(scope: Scope, present: Mapping[str, ir.Table]) -> ir.Table:
    found = [rows.select("customer_id") for rows in present.values()]
    if not found:
        return scope.history.table("customers").select("customer_id")
    return reduce(lambda one, other: one.union(other), found).distinct()


def _named(table: ir.Table, scope: Scope) -> ir.Table:
    """Return a table whose customers are numbers with their ids instead, in order."""
    assert scope.keys is not None
    named = table.rename(number="customer_id").inner_join(scope.keys, [("number", "key")])
    return named.order_by("number").select("customer_id", *table.columns[1:])


def _assembled(view: View, features: tuple[Feature, ...]) -> ir.Table:
    every = _with_needs(features)
    table = _customers(view)
    missing: set[str] = set()
    for past, members in _by_past(every).items():
        if not view.gathered.keys() >= set(PAST[past].gathered):
            missing.update(feature.name for feature in members)
            continue
        rows = PAST[past].at(view)
        # Each table's key has a name of its own, so that all of them are joined in one step.
        values = rows.group_by(**{f"customer of {past}": rows.customer_id}).aggregate(
            **{feature.name: feature.expression(rows).cast(feature.dtype) for feature in members}
        )
        table = table.left_join(values, [("customer_id", f"customer of {past}")])
    first = [feature for feature in every if feature.past != OTHER_FEATURES]
    table = table.select("customer_id", **{f.name: _value(table, f, absent=f.name in missing) for f in first})
    later = {f.name: _worked_out(table, f, missing) for f in every if f.past == OTHER_FEATURES}
    return table.mutate(**later).select("customer_id", *(feature.name for feature in features))


def _alone(view: View, features: tuple[Feature, ...], customer: str) -> ir.Table:
    """Features that tell how one stands among all (those worked out from others, those of profiles) read everybody."""
    compared = tuple(feature for feature in features if feature.past in (OTHER_FEATURES, "profiles"))
    rest = tuple(feature for feature in features if feature not in compared)
    mine = {name: rows.filter(rows.customer_id == customer) for name, rows in view.gathered.items()}
    table = _assembled(replace(view, gathered=mine), rest)
    if compared:
        among = _assembled(view, compared)
        among = among.filter(among.customer_id == customer)
        table = table.join(among.rename(same="customer_id"), [("customer_id", "same")])
    return table.select("customer_id", *(feature.name for feature in features))


def _customers(view: View) -> ir.Table:
    """Return everybody who had joined, bought, come by or subscribed by the instant, by number where they are numbered."""
    keys, marked = view.scope.keys, view.scope.marks
    if keys is not None and not marked:
        return keys.select(customer_id=keys.key)
    present = {name: view.counting(name, PRESENT[name][0]) for name in PRESENT if name in view.gathered}
    ids = _everybody(view.scope, present)
    if keys is None:
        return ids
    numbered = ids.inner_join(keys, "customer_id")
    return numbered.select(customer_id=numbered.key)


def _with_needs(features: Iterable[Feature]) -> list[Feature]:
    """Return features and those they are worked out from, each once."""
    every: dict[str, Feature] = {}
    for feature in features:
        every |= {needed.name: needed for needed in feature.needs} | {feature.name: feature}
    return list(every.values())


def _by_past(features: Iterable[Feature]) -> Mapping[str, list[Feature]]:
    groups: dict[str, list[Feature]] = {}
    for feature in features:
        if feature.past != OTHER_FEATURES:
            groups.setdefault(feature.past, []).append(feature)
    return groups


def _value(table: ir.Table, feature: Feature, *, absent: bool) -> ir.Value:
    if not absent:
        column = table[feature.name]
        return column if feature.absent is None else column.fill_null(feature.absent)
    return ibis.null(feature.dtype) if feature.absent is None else ibis.literal(feature.absent, type=feature.dtype)


def _worked_out(table: ir.Table, feature: Feature, missing: set[str]) -> ir.Value:
    """Return what follows from other features; of none that is known nothing follows, and nobody is compared."""
    if all(needed.name in missing for needed in feature.needs):
        return ibis.null(feature.dtype)
    return feature.expression(table).cast(feature.dtype)


def own(features: Iterable[str | Feature]) -> tuple[Feature, ...]:
    """Return the features among some that the catalog does not know: a workspace's attributes."""
    given = (feature for feature in features if isinstance(feature, Feature))
    return tuple(feature for feature in given if feature.name not in CATALOG and feature.name not in WORDS)


def _read(lake: Lake, expression: ir.Table, features: tuple[Feature, ...]) -> FeatureTable:
    """Read batch by batch: a column is copied once, and the batches it came in are let go."""
    names = expression.columns
    customers, *rest = names
    types = expression.schema().to_pyarrow()
    text = [name for name in rest if _is_text(types.field(name))]
    parts: dict[str, list[pa.Array]] = {name: [] for name in (customers, *text)}
    numbers: dict[str, list[np.ndarray]] = {name: [] for name in rest if name not in text}
    for batch in lake.batches(expression, ROWS_AT_ONCE):
        for name, kept in parts.items():
            kept.append(pa.concat_arrays([batch.column(name), batch.column(name)[:0]]))
        for name, known in numbers.items():
            known.append(np.array(batch.column(name).cast(pa.float64()).to_numpy(zero_copy_only=False)))
    whole = {
        name: pa.concat_arrays(kept) if kept else pa.array([], types.field(name).type) for name, kept in parts.items()
    }
    columns = {name: _joined(numbers.pop(name)) for name in list(numbers)}
    return FeatureTable(whole[customers], columns, {name: whole[name] for name in text}, own(features))


def _joined(parts: list[np.ndarray]) -> np.ndarray:
    return np.concatenate(parts) if parts else np.empty(0)


def _is_text(column: pa.Field) -> bool:
    return bool(pa.types.is_string(column.type) or pa.types.is_large_string(column.type))
