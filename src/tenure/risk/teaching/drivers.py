"""What drives a model overall: how far each story sets customers apart, and which way."""

from typing import Literal

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from tenure.models.base import Vector
from tenure.risk.factors import factors_of
from tenure.risk.risk_estimate import by_factor
from tenure.risk.teaching.churn_model import ChurnModel
from tenure.risk.teaching.exam import Json
from tenure.risk.teaching.lessons import Lessons

ROWS = 5_000
CLEAR = 0.3  # rank correlation: below, more of it raises the risk of some and lowers that of others

Direction = Literal["raises", "lowers", "mixed"]


def drivers(model: ChurnModel, lessons: Lessons) -> list[Json]:
    """Return the mean size of every story's effect on the log-odds, largest first, with its direction."""
    table = lessons.table.iloc[:: max(len(lessons) // ROWS, 1)]
    _, shares = model.explain(table, lessons.at[0])
    factors = factors_of(model.features)
    sizes = np.abs(by_factor(shares, model.features, factors)).mean(axis=0)
    return [
        {
            "factor": factors[number].name,
            "label": vars(factors[number].label),
            "importance": float(sizes[number]),
            "direction": _direction(model, factors[number].features, table, shares),
        }
        for number in np.argsort(-sizes, kind="stable")
        if sizes[number] > 0
    ]


def _direction(model: ChurnModel, story: tuple[str, ...], table: pd.DataFrame, shares: np.ndarray) -> Direction:
    """Ask the story's strongest feature whether more of it goes with more or with less risk."""
    places = [place for place, name in enumerate(model.features) if name in story]
    strongest = places[int(np.argmax(np.abs(shares[:, places]).mean(axis=0)))]
    values = table[model.features[strongest]]
    if not pd.api.types.is_numeric_dtype(values):
        return "mixed"
    known = values.notna().to_numpy()
    agreement = _rank_correlation(values.to_numpy(dtype=np.float64)[known], shares[known, strongest])
    return "mixed" if abs(agreement) < CLEAR else "raises" if agreement > 0 else "lowers"


def _rank_correlation(one: Vector, other: Vector) -> float:
    if len(one) < 2 or not np.ptp(one) or not np.ptp(other):
        return 0.0
    return float(np.corrcoef(rankdata(one), rankdata(other))[0, 1])
