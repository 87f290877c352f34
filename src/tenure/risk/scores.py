"""Scores as rows: every prediction about every customer, written to the lake so that it can be made and found again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tenure.warehouse.history import instant
from tenure.warehouse.lake import Lake, Written
from tenure.warehouse.schema import SCORES

SOURCE = "refresh"
CUSTOMERS_AT_ONCE = 50_000
_CONTENT = ("value", "low", "high", "label", "reasons", "model", "model_version")


@dataclass(frozen=True)
class Score:
    """One kind of score for all customers, in the order of the customers; NaN and null mean not known."""

    name: str
    model: str
    version: str
    value: np.ndarray
    low: np.ndarray | None = None
    high: np.ndarray | None = None
    label: pa.Array | None = None
    reasons: pa.ChunkedArray | None = None


@dataclass(frozen=True)
class Stamp:
    """As of when scores are, when they were recorded, and the snapshot of the data they were computed from."""

    as_of: datetime
    recorded_at: datetime
    snapshot: int


def write(lake: Lake, customers: pa.Array, scores: list[Score], stamp: Stamp) -> Written:
    """Write all scores of one instant; the same scores written again change nothing, and scores of nobody are removed.

    A score names the snapshot it was first computed from. Our own writing moves the snapshot on, so a score that
    comes out the same keeps the snapshot it had.
    """
    as_of = stamp.as_of
    schema = pa.schema([pa.field(name, kind) for name, kind in _arrow_types().items()])

    def fresh() -> pa.RecordBatchReader:
        return pa.RecordBatchReader.from_batches(schema, _batches(customers, scores, schema, stamp))

    def known() -> ir.Table:
        stored = lake.table("scores")
        return stored.filter(stored.as_of == instant(as_of))

    def add() -> Written | None:
        if lake.read(known().aggregate(n=known().count()))["n"][0].as_py():
            return None
        return Written(lake.append("scores", fresh()), 0, 0)

    return lake.retry(add) or _replace(lake, fresh(), known, as_of)


def _replace(lake: Lake, rows: pa.RecordBatchReader, known: Callable[[], ir.Table], as_of: datetime) -> Written:
    """Put scores in place of those the instant had, which may be the same."""
    fresh = lake.stage("fresh_scores", rows)

    def replace() -> Written:
        joined = fresh.left_join(known(), "score_id", rname="{name}_stored")
        same = joined.score_id_stored.notnull()
        for name in _CONTENT:
            same = same & joined[name].identical_to(joined[f"{name}_stored"])
        rows = joined.mutate(snapshot=ibis.ifelse(same, joined.snapshot_stored, joined.snapshot)).select(*SCORES.names)
        lake.delete("scores", lambda old: (old.as_of == instant(as_of)) & old.score_id.notin(fresh.score_id))
        return lake.upsert("scores", rows)

    written = lake.retry(replace)
    lake.drop_stage("fresh_scores")
    return written


def _batches(customers: pa.Array, scores: list[Score], schema: pa.Schema, stamp: Stamp) -> Iterator[pa.RecordBatch]:
    for start in range(0, len(customers), CUSTOMERS_AT_ONCE):
        rows = slice(start, start + CUSTOMERS_AT_ONCE)
        for score in scores:
            yield from _long(customers[rows], score, rows, stamp).cast(schema).to_batches()


def _long(customers: pa.Array, score: Score, rows: slice, stamp: Stamp) -> pa.Table:
    """Return one row per customer who has this score."""
    as_of, size = stamp.as_of, len(customers)
    columns = {
        "score_id": pc.binary_join_element_wise(customers, score.name, as_of.strftime("%Y%m%dT%H%M%S"), "|"),
        "customer_id": customers,
        "as_of": pa.repeat(pa.scalar(as_of, pa.timestamp("us")), size),
        "name": pa.repeat(score.name, size),
        "value": _numbers(score.value, rows),
        "low": _numbers(score.low, rows, size),
        "high": _numbers(score.high, rows, size),
        "label": _words(score.label, rows, size),
        "reasons": _words(score.reasons, rows, size),
        "model": pa.repeat(score.model, size),
        "model_version": pa.repeat(score.version, size),
        "snapshot": pa.repeat(pa.scalar(stamp.snapshot, pa.int64()), size),
        "source": pa.repeat(SOURCE, size),
        "recorded_at": pa.repeat(pa.scalar(stamp.recorded_at, pa.timestamp("us")), size),
        "changed_at": pa.nulls(size, pa.timestamp("us")),
    }
    table = pa.table(columns)
    return table.filter(pc.or_(pc.is_valid(table["value"]), pc.is_valid(table["label"])))


def _numbers(values: np.ndarray | None, rows: slice, size: int = 0) -> pa.Array:
    if values is None:
        return pa.nulls(size, pa.float64())
    part = np.asarray(values[rows], dtype=np.float64)
    return pa.array(part, mask=~np.isfinite(part))


def _words(words: pa.Array | pa.ChunkedArray | None, rows: slice, size: int) -> pa.Array | pa.ChunkedArray:
    return pa.nulls(size, pa.string()) if words is None else words[rows]


def _arrow_types() -> dict[str, pa.DataType]:
    return {field.name: field.type for field in SCORES.schema().to_pyarrow()}
