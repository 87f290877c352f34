"""Cohorts: customers grouped by when they first bought, and how many of them came back, in any reading.

**exact** came in window i; **on_or_after** came in window i or later; **bracket** came in any window of a bracket;
**streak** came in every window up to i. Each with **calendar** windows (months as printed on the wall) or
**anniversary** windows (counted in days from every customer's own first purchase; a month is 30 days).
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from tenure.kit.errors import FieldProblem, Invalid
from tenure.kit.i18n import Text
from tenure.metrics import bits, dimensions, shelf
from tenure.metrics.intervals import Array, ratio
from tenure.metrics.lanes import Lanes, earnings, lanes
from tenure.metrics.periods import newest_day, seen_until
from tenure.metrics.windows import floor
from tenure.warehouse.history import History

Kind = Literal["exact", "on_or_after", "bracket", "streak"]
Measure = Literal["customers", "revenue"]
Flags = npt.NDArray[np.bool_]
USUAL_COHORTS = 36
MOST_COHORTS = 400
MOST_INDEXES = {"day": 90, "week": 53, "month": 36, "quarter": 12}
USUAL_BRACKETS = {
    "day": ((1, 7), (8, 30), (31, 90), (91, 180), (181, 365)),
    "week": ((1, 4), (5, 8), (9, 13), (14, 26), (27, 52)),
    "month": ((1, 1), (2, 3), (4, 6), (7, 12)),
    "quarter": ((1, 1), (2, 2), (3, 4), (5, 8)),
}
IMMATURE = Text(
    "Cells whose windows are not over for the whole cohort are marked and left out of the means.",
    "窗口尚未对整个同期群结束的单元格会被标记，且不计入均值。",
)
RISING = Text(
    "“On or after” still rises for young cohorts: who has not come back yet may.",
    "“当期或之后”的值对较新的同期群仍会上升：尚未回来的客户还可能回来。",
)


@dataclass(frozen=True)
class CohortQuestion:
    """Which cohort table is wanted; ``brackets`` are first and last window, both counted in."""

    kind: Kind = "exact"
    windows: Literal["calendar", "anniversary"] = "calendar"
    grain: Literal["day", "week", "month", "quarter"] = "month"
    measure: Measure = "customers"
    brackets: tuple[tuple[int, int], ...] = ()
    start: date | None = None
    end: date | None = None
    by: str | None = None
    segment: str | None = None

    def __post_init__(self) -> None:
        if self.kind == "streak" and self.measure == "revenue":
            raise _wrong("/measure", Text("A streak is counted in customers.", "连续留存只能按客户数统计。"))
        if any(low < 0 or high < low for low, high in self.brackets):
            raise _wrong("/brackets", Text("A bracket runs from a smaller number to a larger.", "区间应从小到大。"))

    def since(self, start: date | None, end: date | None) -> "CohortQuestion":
        """Ask the same of the cohorts that begin between two days."""
        return replace(self, start=start, end=end)

    def stretches(self, indexes: int, span: int) -> list[tuple[int, int]]:
        """Return the first and the last window of every column, of ``span`` windows that there are."""
        if self.kind == "bracket":
            return list(self.brackets or USUAL_BRACKETS[self.grain])
        first = 0 if self.kind == "streak" else None
        last = span - 1 if self.kind == "on_or_after" else None
        return [(i if first is None else first, i if last is None else last) for i in range(indexes)]


@dataclass(frozen=True)
class Cell:
    """One cohort in one column; ``rate`` is of the cohort's size, or of its revenue in window 0."""

    index: int
    value: float
    rate: float | None
    mature: bool


@dataclass(frozen=True)
class Cohort:
    """The customers who first bought in the window that begins at ``start``."""

    start: date
    size: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Mean:
    """A column over its ``n`` mature cohorts: each counted once (simple), or by its size (weighted)."""

    index: int
    simple: float | None
    weighted: float | None
    n: int


@dataclass(frozen=True)
class CohortTable:
    """Cohorts, oldest first, the means of the columns, and what the columns are."""

    cohorts: tuple[Cohort, ...]
    means: tuple[Mean, ...]
    columns: tuple[tuple[int, int], ...]
    notes: tuple[Text, ...]


def cohort_table(history: History, question: CohortQuestion) -> CohortTable:
    """Compute a cohort table."""
    cut = lanes(history, question.grain, question.windows)
    newest = newest_day(history)
    indexes = next(
        (i for i in range(MOST_INDEXES[question.grain] + 1) if cut.begins(0, i) > newest),
        MOST_INDEXES[question.grain] + 1,
    )
    stretches = question.stretches(indexes, cut.span)
    sizes, values = _values(history, cut, question, stretches)
    wanted = _wanted(cut, question, sizes)
    base = sizes if question.measure == "customers" else _first_window(history, cut, question)
    over = _over(history, cut, question, stretches, wanted)
    # A cell that cannot hold anything yet is not a zero; it is not shown at all.
    begun = np.array([[cut.begins(c, low) <= newest for low, _ in _own(question, stretches)] for c in wanted])
    cohorts = tuple(
        _cohort(cut.starts[c], int(sizes[c]), values[c], base[c], over[place], begun[place])
        for place, c in enumerate(wanted)
    )
    means = _means(values[wanted], base[wanted], over) if wanted else ()
    notes = (IMMATURE, RISING) if question.kind == "on_or_after" else (IMMATURE,)
    return CohortTable(cohorts, means, tuple(stretches), notes)


def _own(question: CohortQuestion, stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the window each column stands for when asking whether it is over: the one it names."""
    if question.kind == "bracket":
        return stretches
    return [(i, i) for i in range(len(stretches))]


def _wanted(cut: Lanes, question: CohortQuestion, sizes: Array) -> list[int]:
    since = question.start and floor(question.start, question.grain)
    chosen = [
        place
        for place, start in enumerate(cut.starts)
        if sizes[place] > 0 and (since is None or start >= since) and (question.end is None or start < question.end)
    ]
    return chosen[-(USUAL_COHORTS if since is None else MOST_COHORTS) :]


def _values(
    history: History, cut: Lanes, question: CohortQuestion, stretches: list[tuple[int, int]]
) -> tuple[Array, Array]:
    """Return the sizes of all cohorts, and their values by column."""
    rows = _of_segment(history, cut.table, question)
    asked = {"size": rows.count()}
    if question.measure == "customers":
        asked |= {f"c{place}": _came(rows, question, low, high).sum() for place, (low, high) in enumerate(stretches)}
    found = history.lake.read(rows.group_by("cohort").aggregate(**asked)).to_pandas().set_index("cohort")
    whole = found.reindex(range(len(cut.starts)), fill_value=0)
    sizes = whole["size"].to_numpy(np.float64)
    if question.measure == "customers":
        return sizes, whole[[f"c{place}" for place in range(len(stretches))]].to_numpy(np.float64)
    money = _money(history, cut, question)
    return sizes, np.stack([money[:, low : high + 1].sum(axis=1) for low, high in stretches], axis=1)


def _came(rows: ir.Table, question: CohortQuestion, low: int, high: int) -> ir.BooleanColumn:
    between = bits.all_between if question.kind == "streak" else bits.any_between
    return rows.cohort.notnull() & between(rows, low, high + 1)  # a column even where no window holds anybody


def _of_segment(history: History, rows: ir.Table, question: CohortQuestion) -> ir.Table:
    if question.by is None:
        return rows
    cut = dimensions.attach(history, rows, dimensions.for_metric(question.by, by_order=False))
    return cut if question.segment is None else cut.filter(cut.segment == question.segment)


def _money(history: History, cut: Lanes, question: CohortQuestion) -> Array:
    """Return net revenue by cohort and window."""
    key = ("earnings", question.grain, question.windows)
    customers = _of_segment(history, cut.table, question).select("customer_id", "cohort", "first")
    # Who is in a segment changes without any order changing, so only the whole is kept.
    whole = question.by is None
    kept = (
        shelf.of(history).get(key, lambda: earnings(history, cut, customers))
        if whole
        else earnings(history, cut, customers)
    )
    money = np.zeros((len(cut.starts), max(cut.span, max(kept.rows["index"].to_pylist(), default=0) + 1)))
    cohort, index = (kept.rows[name].to_numpy() for name in ("cohort", "index"))
    np.add.at(money, (cohort, index), kept.rows["amount"].to_numpy())
    return money


def _first_window(history: History, cut: Lanes, question: CohortQuestion) -> Array:
    first: Array = _money(history, cut, question)[:, 0]
    return first


def _over(
    history: History, cut: Lanes, question: CohortQuestion, stretches: list[tuple[int, int]], wanted: list[int]
) -> Flags:
    """Say which cells are over for the whole cohort."""
    seen = seen_until(history)
    own = _own(question, stretches)
    return np.array([[cut.ends(c, high) <= seen for _, high in own] for c in wanted], dtype=bool)


def _cohort(start: date, size: int, values: Array, base: float, over: Flags, begun: Flags) -> Cohort:
    rates = ratio(values, np.full(len(values), base))
    cells = (
        Cell(index, float(values[index]), None if np.isnan(rates[index]) else float(rates[index]), bool(over[index]))
        for index in range(len(values))
        if begun[index]
    )
    return Cohort(start, size, tuple(cells))


def _means(values: Array, base: Array, over: Flags) -> tuple[Mean, ...]:
    counted = over & (base > 0)[:, None]
    rates = np.where(counted, ratio(values, np.broadcast_to(base[:, None], values.shape)), 0.0)
    n = counted.sum(axis=0)
    simple = ratio(rates.sum(axis=0), n.astype(np.float64))
    weighted = ratio(np.where(counted, values, 0).sum(axis=0), np.where(counted, base[:, None], 0).sum(axis=0))
    told = [
        (None if k == 0 else float(s), None if k == 0 else float(w))
        for s, w, k in zip(simple, weighted, n, strict=True)
    ]
    return tuple(Mean(index, s, w, int(n[index])) for index, (s, w) in enumerate(told))


def _wrong(path: str, message: Text) -> Invalid:
    return Invalid(message, fields=(FieldProblem(path, message),))
