"""What would lower a risk: the model asked again as if one story stood where it usually stands in this shop.

It is an association, not a cause: the model says how customers like that fare, not what would follow from an act.
"""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from tenure.models.base import Vector
from tenure.risk.factors import Factor, factors_of
from tenure.risk.teaching.churn_model import ChurnModel
from tenure.risk.teaching.exam import Json

# What a shop can do something about today; how long somebody has been a customer or last bought is not among it.
ACTIONABLE = frozenset(
    {
        "discounts", "returns", "range", "visits", "attention", "tickets", "service", "scores", "messages", "refusal",
        "payments", "points", "subscription", "usage", "complaints",
    }
)  # fmt: skip
WORTH_TELLING = 0.005  # half a customer in a hundred


@dataclass(frozen=True)
class Lowered:
    """What a story's usual level would make of each row's risk: the change, negative where it is lower."""

    factor: Factor
    change: Vector


def typical(table: pd.DataFrame) -> dict[str, float | str | None]:
    """Return the usual value of every column: the median of numbers, the commonest word."""
    return {str(name): _usual(table[name]) for name in table.columns}


def lowered(model: ChurnModel, table: pd.DataFrame, usual: Json, moment: datetime) -> list[Lowered]:
    """Ask again for every story that can be acted on, for all rows at once."""
    present = model.probability(table, moment)
    found = []
    for factor in factors_of(model.features):
        told = [name for name in factor.features if name in model.features and name in usual]
        if factor.name in ACTIONABLE and told:
            otherwise = table.assign(**{name: _like(table[name], usual[name]) for name in told})
            found.append(Lowered(factor, model.probability(otherwise, moment) - present))
    return found


def _usual(values: "pd.Series[float]") -> float | str | None:
    known = values.dropna()
    if not len(known):
        return None
    if pd.api.types.is_numeric_dtype(known):
        return float(known.median())
    return str(known.mode().iloc[0])


def _like(values: "pd.Series[float]", usual: object) -> "pd.Series[float]":
    """Return a column of one value, of the kind the column has."""
    if usual is None:
        return values
    kind = np.float64 if pd.api.types.is_numeric_dtype(values) else object
    return pd.Series(np.full(len(values), usual, dtype=kind), index=values.index)
