"""Drift of inputs: are today's customers like those the model was taught with (population stability index)?

One regime whatever the number of customers: ten bins at the deciles of the lessons, one for what is missing, and a
level beyond which a feature counts as moved. Where so few customers alone would show as much, it counts as steady.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pandas as pd

from tenure.features.catalog import CATALOG
from tenure.kit.i18n import Text
from tenure.models.base import Vector
from tenure.risk.teaching.churn_model import ChurnModel
from tenure.risk.teaching.exam import Json
from tenure.risk.teaching.lessons import Lessons

BINS = 10
MOST_WORDS = 20
MOVED, CHANGED = 0.1, 0.25  # the usual marks of credit scoring (Siddiqi 2006)
CHANCE = 3.0  # times the index that chance alone shows
LEAST = 0.5  # customers an empty bin is counted as, so that the index stays finite
SCORES = "churn_risk"


@dataclass(frozen=True)
class Population:
    """Customers as a model reads them, and its word on them."""

    table: pd.DataFrame
    probability: Vector


def reference(model: ChurnModel, lessons: Lessons) -> Json:
    """Return what the lessons looked like, as the model's card keeps it."""
    columns: dict[str, pd.Series] = {name: lessons.table[name] for name in model.features}
    columns[SCORES] = pd.Series(model.probability(lessons.table, lessons.at[0]))
    return {"n": len(lessons), "columns": {name: _described(values) for name, values in columns.items()}}


def drift(known: Json, today: Population, as_of: datetime) -> Json | None:
    """Compare today's customers with the lessons; None where the card keeps no reference or nobody is judged."""
    columns = known.get("columns")
    if not isinstance(columns, dict) or not len(today.table):
        return None
    then = int(str(known["n"]))
    shown: dict[str, pd.Series] = {str(name): today.table[str(name)] for name in columns if name in today.table.columns}
    shown[SCORES] = pd.Series(today.probability)
    shifts = {name: _shift(name, columns[name], values, then) for name, values in shown.items()}
    scores = shifts.pop(SCORES)
    features = sorted(shifts.values(), key=lambda shift: -float(str(shift["psi"])))
    return {
        "as_of": as_of.replace(tzinfo=UTC).isoformat(),
        "n": len(today.table),
        "scores": scores,
        "features": features,
    }


def _described(values: pd.Series) -> Json:
    if pd.api.types.is_numeric_dtype(values):
        numbers = np.asarray(values, dtype=np.float64)
        present = numbers[np.isfinite(numbers)]
        marks = np.quantile(present, np.arange(1, BINS) / BINS) if len(present) else np.empty(0)
        edges = [float(edge) for edge in np.unique(marks)]
        return {"edges": edges, "shares": _number_shares(numbers, edges)}
    words = values.dropna().astype(str).value_counts().sort_index().sort_values(ascending=False, kind="stable")
    kept = [str(word) for word in words.index[:MOST_WORDS]]
    return {"words": kept, "shares": _word_shares(values, kept)}


def _shift(name: str, known: Json, values: pd.Series, then: int) -> Json:
    edges, words = known.get("edges"), known.get("words")
    now = (
        _number_shares(np.asarray(values, dtype=np.float64), edges)
        if isinstance(edges, list)
        else _word_shares(values, words if isinstance(words, list) else [])
    )
    before = np.array(known["shares"], dtype=np.float64)
    after = np.array(now)
    size = len(values)
    low = np.maximum(before, LEAST / then), np.maximum(after, LEAST / size)
    psi = float(((low[1] - low[0]) * np.log(low[1] / low[0])).sum())
    by_chance = (len(before) - 1) * (1 / then + 1 / size)
    level = "steady" if psi < max(MOVED, CHANCE * by_chance) else "moved" if psi < CHANGED else "changed"
    label = CATALOG[name].label if name in CATALOG else Text(name, name)
    return {
        "feature": name, "label": vars(label), "psi": psi, "level": level,
        "missing_then": float(before[-1]), "missing_now": float(after[-1]),
    }  # fmt: skip


def _number_shares(numbers: Vector, edges: list[float]) -> list[float]:
    """Return the share of every bin, the missing ones last."""
    present = numbers[np.isfinite(numbers)]
    counts = np.bincount(np.searchsorted(np.array(edges), present, side="left"), minlength=len(edges) + 1)
    return [*(counts / max(len(numbers), 1)).tolist(), float(1 - len(present) / max(len(numbers), 1))]


def _word_shares(values: pd.Series, words: list[str]) -> list[float]:
    """Return the share of every word, of all others, and of the missing."""
    present = values.dropna().astype(str)
    counts = present.value_counts()
    shares = [float(counts.get(word, 0)) / max(len(values), 1) for word in words]
    return [*shares, len(present) / max(len(values), 1) - sum(shares), 1 - len(present) / max(len(values), 1)]
