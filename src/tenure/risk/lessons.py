"""What a model is taught with: features at a past instant beside who left after it, known only once the window has passed."""

from dataclasses import dataclass
from datetime import date, datetime, time

import ibis.expr.types as ir
import numpy as np

from tenure.features import build, labels
from tenure.features.catalog import CATALOG
from tenure.risk.definition import Leaving
from tenure.risk.periods import Periods, rolling
from tenure.warehouse.history import History
from tenure.warehouse.lake import Lake

MOST_ROWS = 12_000  # per instant: a linear model of some dozens of features learns little from further rows


@dataclass(frozen=True)
class Lessons:
    """Features at past instants (rows: customers) and who left; ``instant`` says at which."""

    columns: dict[str, np.ndarray]
    churned: np.ndarray
    instant: np.ndarray

    def __len__(self) -> int:
        return len(self.churned)

    def taken(self, rows: np.ndarray) -> "Lessons":
        """Return some of the rows."""
        columns = {name: values[rows] for name, values in self.columns.items()}
        return Lessons(columns, self.churned[rows], self.instant[rows])


def periods(history: History, leaving: Leaving) -> Periods:
    """Return the past instants at which this definition of leaving can be practised."""
    if leaving.span.first is None or leaving.kind in ("flag", "nothing"):
        return Periods((), None)
    outcome = leaving.window_days + (leaving.grace_days if leaving.kind == "subscriptions" else 0)
    look_back = leaving.window_days if leaving.kind != "subscriptions" else 30
    midnight = _begin(history, history.wall(history.as_of).date())  # a day that is not over says nothing yet
    return rolling(_begin(history, leaving.span.first), midnight, outcome, look_back)


def at(lake: Lake, zone: str, leaving: Leaving, instants: tuple[datetime, ...], known_at: datetime) -> Lessons:
    """Read the lessons of some instants; nothing after ``known_at`` is looked at, for outcomes either."""
    parts = [_one(lake, zone, leaving, instant, known_at) for instant in instants]
    names = list(CATALOG)
    if not parts:
        empty = np.empty(0)
        return Lessons(dict.fromkeys(names, empty), empty.astype(bool), empty.astype(np.int64))
    return Lessons(
        {name: np.concatenate([part.columns[name] for part in parts]) for name in names},
        np.concatenate([part.churned for part in parts]),
        np.concatenate([np.full(len(part), number) for number, part in enumerate(parts)]),
    )


def _one(lake: Lake, zone: str, leaving: Leaving, instant: datetime, known_at: datetime) -> Lessons:
    then = History(lake, instant, zone)
    outcome = _outcome(History(lake, known_at, zone), leaving, instant)
    table = build.build(then).inner_join(outcome, "customer_id").order_by("customer_id")
    rows = lake.read(table)
    thinned = rows.take(np.arange(0, rows.num_rows, rows.num_rows // MOST_ROWS + 1))
    columns = {name: thinned[name].to_numpy() for name in CATALOG}
    churned = thinned["churned"].to_numpy().astype(bool)
    return Lessons(columns, churned, np.zeros(len(churned), dtype=np.int64))


def _outcome(later: History, leaving: Leaving, instant: datetime) -> ir.Table:
    if leaving.kind == "subscriptions":
        return labels.unsubscribed(later, instant, leaving.window_days, leaving.grace_days)
    return labels.silent(later, instant, leaving.window_days, leaving.sign)


def _begin(history: History, day: date) -> datetime:
    return history.utc(datetime.combine(day, time.min))
