"""The customer retention rate with everything that explains it: who was there, left, came and came back."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from tenure.metrics import dimensions, intervals
from tenure.metrics.definitions import ChurnDefinition, Definition
from tenure.metrics.periods import choose_windows
from tenure.metrics.question import Question
from tenure.metrics.standing import standing
from tenure.metrics.windows import Grain
from tenure.warehouse.history import History


@dataclass(frozen=True)
class Reconciliation:
    """One period (and segment): S = R + L and E = R + N + X hold, always.

    ``retained_rate`` is R / S and is the one to headline; ``formula_rate`` is (E - N) / S, which counts the X
    customers who came back as if they had never left, so it stands alone only where X is 0.
    """

    start: date
    end: date
    segment: str | None
    at_start: int
    at_end: int
    new: int
    retained: int
    lost: int
    reactivated: int
    retained_rate: float | None
    formula_rate: float | None
    low: float | None
    high: float | None
    mature: bool

    def __post_init__(self) -> None:
        if self.at_start != self.retained + self.lost or self.at_end != self.retained + self.new + self.reactivated:
            raise AssertionError(f"the customers of {self.start} to {self.end} do not add up: {self}")


def reconcile(
    history: History,
    start: date | None = None,
    end: date | None = None,
    grain: Grain | None = None,
    by: str | None = None,
    churn: ChurnDefinition | None = None,
) -> list[Reconciliation]:
    """Reconcile the customers of every window, and segment when cut by one; the newest window last."""
    asked = choose_windows(history, start, end, grain)
    dimension = None if by is None else dimensions.find(by)
    question = Question(history, asked, dimension, Definition(churn or ChurnDefinition()))
    counted = _complete(_count(question), question)
    rates = intervals.wilson(counted["retained"].to_numpy(np.float64), counted["at_start"].to_numpy(np.float64))
    back = intervals.ratio(
        (counted["at_end"] - counted["new"]).to_numpy(np.float64), counted["at_start"].to_numpy(np.float64)
    )
    told = counted.assign(retained_rate=rates.value, formula_rate=back, low=rates.low, high=rates.high)
    return [_row(question, row) for row in told.astype(object).where(told.notna(), None).to_dict("records")]


def _count(question: Question) -> pd.DataFrame:
    rows = standing(question)
    start, end = rows.at_start, rows.at_end
    counted: pd.DataFrame = question.history.lake.read(
        rows.group_by("window", "segment").aggregate(
            at_start=start.sum(),
            at_end=end.sum(),
            new=(end & rows.arrived & ~start).sum(),
            retained=(start & end).sum(),
            lost=(start & ~end).sum(),
            reactivated=(end & ~start & ~rows.arrived).sum(),
        )
    ).to_pandas()
    return counted


def _complete(counted: pd.DataFrame, question: Question) -> pd.DataFrame:
    segments = [None] if question.dimension is None else sorted(counted["segment"].dropna().unique())
    windows = range(len(question.windows))
    cases = pd.DataFrame([(w, s) for s in segments for w in windows], columns=["window", "segment"])
    whole = counted.assign(segment=counted["segment"].fillna("")) if len(counted) else counted
    joined = cases.assign(key=cases["segment"].fillna("")).merge(
        whole.rename(columns={"segment": "key"}), on=["window", "key"], how="left"
    )
    names = ["at_start", "at_end", "new", "retained", "lost", "reactivated"]
    return joined.assign(**{name: joined[name].fillna(0).astype("int64") for name in names}).drop(columns="key")


def _row(question: Question, row: dict[Hashable, Any]) -> Reconciliation:
    window = question.windows[row.pop("window")]
    mature = question.is_ripe(window)
    return Reconciliation(start=window.start, end=window.end, mature=mature, **{str(k): v for k, v in row.items()})
