"""What a model is taught with: features at a past instant beside who left after it, known only once the window has passed."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time

import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tenure.features import attributes, build, labels
from tenure.features.build import FeatureTable, Wanted
from tenure.features.leakage import Part
from tenure.risk.definition import Leaving
from tenure.risk.teaching.periods import Periods, rolling
from tenure.warehouse.history import History

MOST_ROWS = 6_000  # learned from per instant: a year then teaches with some 40,000 rows, in seconds
MOST_EXAMINED = 20_000  # judged at the exam: the standard error of its AUC is then below .005
LOOK_BACK_OF_SUBSCRIPTIONS = 30


@dataclass(frozen=True)
class Lessons:
    """Features at past instants (rows: customers) and who left; ``instant`` is the place of each row's instant in ``at``.

    ``customers`` says whose rows they are, ``shares`` which part of all customers left after each instant, counted
    before any row was left out; an audit for leaks asks for both.
    """

    table: pd.DataFrame
    churned: np.ndarray
    instant: np.ndarray
    at: tuple[datetime, ...]
    customers: np.ndarray | None = None
    shares: tuple[float, ...] = ()

    def __len__(self) -> int:
        return len(self.churned)

    def of(self, instants: tuple[datetime, ...], most: int = MOST_EXAMINED) -> "Lessons":
        """Return the lessons of some of the instants, evenly thinned to at most so many rows for each."""
        parts = [_thinned(np.flatnonzero(self.instant == self.at.index(one)), most) for one in instants]
        rows = np.concatenate([np.empty(0, dtype=np.intp), *parts])
        whose = None if self.customers is None else self.customers[rows]
        table = self.table.iloc[rows].reset_index(drop=True)
        return Lessons(table, self.churned[rows], self.instant[rows], self.at, whose, self.shares)

    def without(self, names: Collection[str]) -> "Lessons":
        """Return the lessons without some features."""
        return replace(self, table=self.table.drop(columns=list(names)))

    def part(self) -> Part:
        """Return the lessons as an audit for leaks reads them: the same customer at another instant is another row."""
        columns = {str(name): self.table[name].to_numpy() for name in self.table}
        instants = np.array(self.at, dtype="datetime64[us]")[self.instant]
        return Part(columns, self.churned.astype(np.int64), self.customers, instants)

    def share(self, instant: datetime) -> float | None:
        """Return which part of all customers left after an instant, where it was counted."""
        return self.shares[self.at.index(instant)] if self.shares else None

    def least(self) -> int:
        """Return how many rows there are of the rarer outcome."""
        gone = int(self.churned.sum())
        return min(gone, len(self) - gone)


def periods(history: History, leaving: Leaving) -> Periods:
    """Return the past instants at which this definition of leaving can be practised."""
    outcome = leaving.window_days + (leaving.grace_days if leaving.kind == "subscriptions" else 0)
    if leaving.span.first is None or leaving.kind in ("flag", "nothing"):
        return rolling(history.as_of, history.as_of, outcome, outcome)
    look_back = LOOK_BACK_OF_SUBSCRIPTIONS if leaving.kind == "subscriptions" else leaving.window_days
    midnight = _begin(history, history.wall(history.as_of).date())  # a day that is not over says nothing yet
    return rolling(_begin(history, leaving.span.first), midnight, outcome, look_back)


def read(history: History, leaving: Leaving, instants: tuple[datetime, ...], wanted: Wanted | None = None) -> Lessons:
    """Read the lessons of some instants, newest first; outcomes are those known at the history's instant.

    By default all there is to learn from is read: the catalog, numbers and words, and the workspace's own attributes.
    """
    parts, shares = [], []
    wanted = attributes.beside_catalog(history) if wanted is None else wanted
    for place, features in enumerate(build.read_many(history, instants, wanted)):
        outcomes = history.lake.read(outcome_after(history, leaving, instants[place]).order_by("customer_id"))
        parts.append(_matched(features, outcomes, MOST_ROWS if place else MOST_EXAMINED))
        shares.append(float(pc.mean(outcomes["churned"]).as_py() or 0.0))
    return Lessons(
        pd.concat([table for table, _, _ in parts], ignore_index=True),
        np.concatenate([churned for _, churned, _ in parts]),
        np.concatenate([np.full(len(churned), place) for place, (_, churned, _) in enumerate(parts)]),
        instants,
        np.concatenate([whose for _, _, whose in parts]),
        tuple(shares),
    )


def _matched(features: FeatureTable, outcomes: pa.Table, most: int) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Lay features beside outcomes for everybody who has one, thinned evenly where there are very many; and whose they are."""
    place = pc.index_in(features.customers, value_set=outcomes["customer_id"].combine_chunks())
    rows = _thinned(np.flatnonzero(place.is_valid().to_numpy(zero_copy_only=False)), most)
    table = features.taken((*features.columns, *features.words), rows)
    table = table.astype(dict.fromkeys(features.words, object))  # categories differ from one instant to the next
    churned = outcomes["churned"].to_numpy()[place.take(pa.array(rows)).to_numpy()].astype(bool)
    return table, churned, features.customers.take(pa.array(rows)).to_numpy(zero_copy_only=False)


def _thinned(rows: np.ndarray, most: int) -> np.ndarray:
    return rows[:: max(-(-len(rows) // most), 1)]


def outcome_after(later: History, leaving: Leaving, instant: datetime) -> ir.Table:
    """Return customer_id and churned: who, a customer at an instant, had left when the window after it was over."""
    if leaving.kind == "subscriptions":
        return labels.unsubscribed(later, instant, leaving.window_days, leaving.grace_days)
    return labels.silent(later, instant, leaving.window_days, leaving.sign)


def _begin(history: History, day: date) -> datetime:
    return history.utc(datetime.combine(day, time.min))
