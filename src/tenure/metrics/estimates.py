"""Runs a metric's expression and turns what units add above and below the line into values with intervals."""

import zlib

import ibis.expr.types as ir
import numpy as np
import pandas as pd

from tenure.metrics import intervals
from tenure.metrics.intervals import BUCKETS, Array, Estimate
from tenure.metrics.metric import Metric
from tenure.metrics.question import Question

CASE = ["window", "segment"]
COLUMNS = [*CASE, "value", "low", "high", "n"]
WHOLE = ""  # stands for "not cut" inside this room; outside it is null


def estimate(metric: Metric, question: Question) -> pd.DataFrame:
    """Return one row per window and segment that has data: window, segment, value, low, high, n."""
    rows = metric.expression(question)
    seed = zlib.crc32(metric.name.encode())
    if metric.interval == "bootstrap":
        return _resampled(_read(question, _dealt(rows)), seed)
    if metric.interval in ("median", "greenwood"):
        return _per_case(metric, question, _read(question, _histogram(rows)), seed)
    sums = _read(question, _sums(rows))
    return _filled(sums[CASE], _possible(metric, _closed_form(metric, sums)), sums["n"])


def _sums(rows: ir.Table) -> ir.Table:
    x, y = rows.x, rows.y
    return rows.group_by(CASE).aggregate(
        n=(y != 0).sum(), x=x.sum(), y=y.sum(), xx=(x * x).sum(), xy=(x * y).sum(), yy=(y * y).sum()
    )


def _dealt(rows: ir.Table) -> ir.Table:
    """Deal the units into buckets by a hash of their id, so that a unit never stands in two."""
    bucket = (rows.unit_id.hash() % BUCKETS).abs()
    return rows.group_by(*CASE, bucket=bucket).aggregate(n=(rows.y != 0).sum(), x=rows.x.sum(), y=rows.y.sum())


def _histogram(rows: ir.Table) -> ir.Table:
    return rows.group_by(*CASE, "x", "y").aggregate(n=rows.count())


def _read(question: Question, sums: ir.Table) -> pd.DataFrame:
    found: pd.DataFrame = question.history.lake.read(sums).to_pandas()
    found["segment"] = found["segment"].astype(object).where(found["segment"].notna(), WHOLE)
    return found


def _closed_form(metric: Metric, sums: pd.DataFrame) -> Estimate:
    x, y, xx, xy, yy = (sums[name].to_numpy(dtype=np.float64, na_value=0.0) for name in ("x", "y", "xx", "xy", "yy"))
    if metric.interval == "wilson":
        return intervals.wilson(x, y)
    return intervals.total(x, xx) if metric.interval == "total" else intervals.delta(x, y, xx, xy, yy)


def _possible(metric: Metric, found: Estimate) -> Estimate:
    """Keep the lower bound of what cannot be negative at 0."""
    if metric.unit not in ("count", "percent", "ratio"):
        return found
    return found._replace(low=np.maximum(found.low, 0))


def _resampled(dealt: pd.DataFrame, seed: int) -> pd.DataFrame:
    if dealt.empty:
        return pd.DataFrame(columns=COLUMNS)
    wide = dealt.pivot_table(index=CASE, columns="bucket", values=["x", "y", "n"], aggfunc="sum", fill_value=0)
    x, y = (wide[name].to_numpy(dtype=np.float64) for name in ("x", "y"))
    return _filled(
        wide.index.to_frame(index=False), intervals.bootstrap(x, y, seed), pd.Series(wide["n"].to_numpy().sum(axis=1))
    )


def _per_case(metric: Metric, question: Question, histogram: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Medians and curves are read one case at a time: there are as many as points in the chart."""
    cases = [(key, *_case(metric, question, rows, seed)) for key, rows in histogram.groupby(CASE)]
    if not cases:
        return pd.DataFrame(columns=COLUMNS)
    keys = pd.DataFrame([key for key, _, _ in cases], columns=CASE)
    columns = zip(*(found for _, found, _ in cases), strict=True)
    return _filled(keys, Estimate(*(np.concatenate(column) for column in columns)), pd.Series([n for *_, n in cases]))


def _case(metric: Metric, question: Question, rows: pd.DataFrame, seed: int) -> tuple[Estimate, int]:
    x, y, n = (rows[name].to_numpy(dtype=np.float64) for name in ("x", "y", "n"))
    if metric.interval == "median":
        return intervals.median(x, n, seed), int(n.sum())
    curve = intervals.kaplan_meier(x, y, n)
    return intervals.by(curve, question.definition.within_days), int(n.sum())


def _filled(cases: pd.DataFrame, found: Estimate, n: "pd.Series[int]") -> pd.DataFrame:
    columns: dict[str, Array] = found._asdict()
    return cases.assign(**columns, n=n.to_numpy(dtype=np.float64, na_value=0.0).astype(np.int64))
