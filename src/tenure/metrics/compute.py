"""compute(metric, window, by, definition): one table with values, intervals and the change, for any metric."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
import pyarrow as pa

from tenure.kit.i18n import Text
from tenure.metrics import catalog, dimensions, estimates
from tenure.metrics.definitions import Definition
from tenure.metrics.estimates import CASE, WHOLE
from tenure.metrics.metric import Metric
from tenure.metrics.periods import choose_windows
from tenure.metrics.question import Question
from tenure.metrics.windows import Grain
from tenure.warehouse.history import History

MOST_SEGMENTS = 60  # beyond, the smallest are left out and a note says so
SCHEMA = pa.schema(
    {
        "start": pa.date32(),
        "end": pa.date32(),
        "segment": pa.string(),
        "value": pa.float64(),
        "low": pa.float64(),
        "high": pa.float64(),
        "n": pa.int64(),
        "previous": pa.float64(),
        "change": pa.float64(),
        "mature": pa.bool_(),
    }
)
UNRIPE = Text(
    "Periods that are not over, or whose customers have not been followed long enough, are marked as not mature.",
    "尚未结束、或客户观察期未满的周期标记为“未成熟”。",
)
SEGMENTS_LEFT_OUT = Text(
    "Only the {most} largest of {count} segments are shown.", "共 {count} 个分组，仅显示最大的 {most} 个。"
)


STARTS_MID_LIFE = Text(
    "The orders begin on {day}. Who bought only before is not seen, so periods that begin less than {days} days later "
    "start with too few customers.",
    "订单数据始于 {day}。更早的购买不可见，因此在其后 {days} 天内开始的周期，期初客户数偏少。",
)


@dataclass(frozen=True)
class Answer:
    """A metric's values: one row per window and segment, with the interval, the value before and the change."""

    metric: Metric
    rows: pa.Table
    notes: tuple[Text, ...]
    definition: Definition

    @property
    def churn(self) -> Text | None:
        """Return when a customer counts as lost and who chose it, where the number depends on it."""
        return self.definition.churn_in_force.sentence() if "churn" in self.metric.parameters else None

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a data frame."""
        frame: pd.DataFrame = self.rows.to_pandas(date_as_object=True)
        return frame


def compute(
    history: History,
    name: str,
    start: date | None = None,
    end: date | None = None,
    grain: Grain | None = None,
    by: str | None = None,
    definition: Definition | None = None,
) -> Answer:
    """Compute a metric for the local days from ``start`` up to, and without, ``end``.

    Without a grain the days are one window; without days they are the last twelve windows of the grain (months
    when there is none) that have data. ``change`` is the value less the one of the window before, in the metric's
    own unit; a percent is a fraction.
    """
    metric = catalog.find(name)
    asked = choose_windows(history, start, end, grain)
    dimension = None if by is None else dimensions.for_metric(by, by_order=metric.by_order)
    question = Question(history, (asked[0].before(), *asked), dimension, definition or Definition())
    found, count = _largest(estimates.estimate(metric, question))
    rows = _with_change(_complete(found, question, metric), question)
    table = _table(rows, metric, question)
    return Answer(metric, table, tuple(_notes(question, metric, table, count)), question.definition)


def _largest(found: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Keep the segments with most units; returns them and how many there are."""
    sizes = found.groupby("segment")["n"].sum().sort_values(ascending=False, kind="stable")
    return found[found["segment"].isin(sizes.index[:MOST_SEGMENTS])], len(sizes)


def _complete(found: pd.DataFrame, question: Question, metric: Metric) -> pd.DataFrame:
    """Give every segment a row for every window: where nothing happened a total is 0 and a share has no value."""
    sizes = found.groupby("segment")["n"].sum().sort_values(ascending=False, kind="stable")
    whole = [WHOLE] if question.dimension is None else []
    cases = pd.MultiIndex.from_product([list(sizes.index) or whole, range(len(question.windows))], names=CASE[::-1])
    rows = found.set_index(CASE[::-1]).reindex(cases).reset_index()
    rows["n"] = rows["n"].fillna(0)
    if metric.interval == "total":
        rows = rows.fillna({"value": 0.0, "low": 0.0, "high": 0.0})
    return rows


def _with_change(rows: pd.DataFrame, question: Question) -> pd.DataFrame:
    """Put the value of the window before beside each value and drop the extra first window."""
    previous = rows.groupby("segment")["value"].shift(1)
    told = rows.assign(previous=previous, change=rows["value"] - previous)
    starts = [window.start for window in question.windows]
    ends = [window.end for window in question.windows]
    told["start"], told["end"] = told["window"].map(dict(enumerate(starts))), told["window"].map(dict(enumerate(ends)))
    return told[told["window"] > 0]


def _table(rows: pd.DataFrame, metric: Metric, question: Question) -> pa.Table:
    wait = question.definition.within_days if metric.follows_up else 0
    ripe = [question.is_ripe(window, wait, of_orders="orders" in metric.source) for window in question.windows]
    known = rows["segment"].astype(object).where(rows["segment"] != WHOLE, None)
    complete = rows.assign(mature=rows["window"].map(dict(enumerate(ripe))), segment=known, n=rows["n"].astype("int64"))
    return pa.Table.from_pandas(complete[SCHEMA.names], schema=SCHEMA, preserve_index=False)


def _notes(question: Question, metric: Metric, table: pa.Table, segments: int) -> Iterator[Text]:
    if metric.caution is not None:
        yield metric.caution
    if "churn" in metric.parameters and question.definition.churn.kind == "inactivity":
        yield from _starts_mid_life(question)
    if not all(table["mature"].to_pylist()):
        yield UNRIPE
    if segments > MOST_SEGMENTS:
        yield SEGMENTS_LEFT_OUT.fill(most=MOST_SEGMENTS, count=segments)


def _starts_mid_life(question: Question) -> Iterator[Text]:
    begins, days = question.activity.origin, question.definition.churn.window_days
    if question.activity.rows.num_rows and question.windows[1].start < begins + timedelta(days=days):
        yield STARTS_MID_LIFE.fill(day=begins, days=days)
