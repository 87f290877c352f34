"""Text with many levels as one number per level: how much more often its customers left, told without their own outcome."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tenure.models.base import Indices, Vector, logit
from tenure.models.churn.encoding import CategoryColumn, Column
from tenure.models.churn.practice import Matrix
from tenure.models.churn.reading import Values, as_words

FEW_LEVELS = 8  # columns with no more are told apart level by level anyway
MOST_LEVELS = 5_000
LEAST_ROWS = 2  # a level of one customer says nothing about another
WEAKEST, STRONGEST = 2.0, 1_000.0  # customers at the base rate that every level is mixed with


@dataclass(frozen=True, eq=False)
class LevelRates:
    """The levels of a column and, for each fold left out, their log-odds against the average."""

    name: str
    levels: tuple[str, ...]
    log_odds: Matrix  # (folds, levels + 1); the last level stands for words not among them

    def column(self, values: Values, k: int) -> Vector:
        """Return the log-odds of each row's level as learned without fold ``k``."""
        return np.asarray(self.log_odds[k][as_words(values).codes(self.levels)])


def learn_rates(
    table: pd.DataFrame, columns: Sequence[Column], target: Vector, fold: Indices
) -> tuple[tuple[LevelRates, ...], NDArray[np.float64]]:
    """Learn the rates of text columns with many levels, and encode the rows practised on: (folds, rows, columns).

    A row is never encoded by its own outcome: without fold ``k``, a row of fold ``j`` takes the rate of the remaining
    folds (nested target statistics). The pull towards the average comes from the spread between levels (method of
    moments, DerSimonian and Laird 1986), so that columns whose levels do not differ fade away.
    """
    folds = int(fold.max()) + 1
    learned: list[LevelRates] = []
    encoded = [np.empty((folds, len(target), 0))]
    for name in [column.name for column in columns if isinstance(column, CategoryColumn)]:
        words = as_words(table[name])
        counts = words.counts(MOST_LEVELS)
        if len(counts) <= FEW_LEVELS:
            continue
        levels = tuple(sorted(counts.index[counts >= LEAST_ROWS]))
        codes = words.codes(levels)
        without = _without_pairs(np.where(codes < 0, len(levels), codes), len(levels) + 1, target, fold)
        learned.append(LevelRates(name, levels, without[np.arange(folds), np.arange(folds)]))
        encoded.append(np.stack([without[k, fold, codes] for k in range(folds)])[:, :, None])
    return tuple(learned), np.concatenate(encoded, axis=2)


def _without_pairs(codes: NDArray[np.intp], levels: int, target: Vector, fold: Indices) -> NDArray[np.float64]:
    """Return the log-odds of every level without every pair of folds; the diagonal leaves out one."""
    folds = int(fold.max()) + 1
    cell = fold * levels + codes
    rows = np.bincount(cell, minlength=folds * levels).reshape(folds, levels).astype(np.float64)
    leavers = np.bincount(cell, target, folds * levels).reshape(folds, levels)
    mixed = _mixed(rows.sum(axis=0), leavers.sum(axis=0))
    twice = ~np.eye(folds, dtype=bool)[:, :, None]
    left_rows = rows.sum(axis=0) - rows[:, None] - rows[None] * twice
    left_leavers = leavers.sum(axis=0) - leavers[:, None] - leavers[None] * twice
    rate = (left_leavers.sum(axis=2, keepdims=True) + 0.5) / (left_rows.sum(axis=2, keepdims=True) + 1)
    return logit((left_leavers + mixed * rate) / (left_rows + mixed)) - logit(rate)


def _mixed(rows: Vector, leavers: Vector) -> float:
    """Return how many customers at the base rate a level is mixed with: variance within over variance between."""
    total = rows.sum()
    rate = leavers.sum() / total
    within = rate * (1 - rate)
    spread = float(np.sum(rows * (leavers / np.maximum(rows, 1) - rate) ** 2))
    between = (spread - (np.count_nonzero(rows) - 1) * within) / max(total - float(rows @ rows) / total, 1e-9)
    return float(np.clip(within / max(between, 1e-12), WEAKEST, STRONGEST))
