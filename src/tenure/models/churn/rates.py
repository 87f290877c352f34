"""Text with many levels as one number per level: how much more often its customers left, told without their own outcome."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tenure.models.base import Indices, Vector, logit
from tenure.models.churn.encoding import CategoryColumn, Column
from tenure.models.churn.reading import as_words

FEW_LEVELS = 8  # columns with no more are told apart level by level anyway
MOST_LEVELS = 5_000
LEAST_ROWS = 2  # a level of one customer says nothing about another
WEAKEST, STRONGEST = 2.0, 1_000.0  # customers at the base rate that every level is mixed with


@dataclass(frozen=True, eq=False)
class LevelRates:
    """The levels of a column and their log-odds against the average, for each fold left out and for all rows."""

    name: str
    levels: tuple[str, ...]
    log_odds: NDArray[np.float64]  # (folds + 1, levels + 1); the last level stands for words not among them

    def column(self, values: "pd.Series[str]", k: int = -1) -> Vector:
        """Return the log-odds of each row's level as learned without fold ``k``; −1 for all rows."""
        return np.asarray(self.log_odds[k][as_words(values).codes(self.levels)])


def learn_rates(
    table: pd.DataFrame, columns: Sequence[Column], target: Vector, fold: Indices, folds: int
) -> tuple[tuple[LevelRates, ...], NDArray[np.float64]]:
    """Learn the rates of text columns with many levels, and encode the rows practised on.

    A row is never encoded by its own outcome: without fold ``k``, a row of fold ``j`` takes the rate of the remaining
    folds (nested target statistics). The pull towards the average comes from the spread between levels (method of
    moments, DerSimonian and Laird 1986), so that columns whose levels do not differ fade away.
    """
    learned: list[LevelRates] = []
    encoded: list[NDArray[np.float64]] = []
    for name in [column.name for column in columns if isinstance(column, CategoryColumn)]:
        words = as_words(table[name])
        counts = words.counts(MOST_LEVELS)
        if len(counts) <= FEW_LEVELS:
            continue
        levels = tuple(sorted(counts.index[counts >= LEAST_ROWS]))
        codes = words.codes(levels)
        rows, leavers = _tables(codes, len(levels) + 1, target, fold, folds)
        mixed = _mixed(rows.sum(axis=0), leavers.sum(axis=0))
        rows_by_fold = np.empty((folds + 1, len(codes)))
        for k in range(folds + 1):
            out = np.arange(folds) != k  # all are kept when k is beyond the last
            without = [
                _log_odds(
                    rows[out].sum(axis=0) - rows[j] * out[j], leavers[out].sum(axis=0) - leavers[j] * out[j], mixed
                )
                for j in range(folds)
            ]
            rows_by_fold[k] = np.array(without)[fold, codes]
        totals = [_log_odds(rows.sum(axis=0) - rows[k], leavers.sum(axis=0) - leavers[k], mixed) for k in range(folds)]
        totals.append(_log_odds(rows.sum(axis=0), leavers.sum(axis=0), mixed))
        learned.append(LevelRates(name, levels, np.array(totals)))
        encoded.append(rows_by_fold)
    stacked = np.stack(encoded, axis=2) if encoded else np.empty((folds + 1, len(target), 0))
    return tuple(learned), stacked


def _tables(
    codes: NDArray[np.intp], levels: int, target: Vector, fold: Indices, folds: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Count rows and leavers of every fold and level; words that are no level count as the last."""
    cell = fold * levels + np.where(codes < 0, levels - 1, codes)
    rows = np.bincount(cell, minlength=folds * levels).reshape(folds, levels).astype(np.float64)
    return rows, np.bincount(cell, target, folds * levels).reshape(folds, levels).astype(np.float64)


def _mixed(rows: Vector, leavers: Vector) -> float:
    """Return how many customers at the base rate a level is mixed with: variance within over variance between."""
    total = rows.sum()
    rate = leavers.sum() / total
    within = rate * (1 - rate)
    spread = float(np.sum(rows * (leavers / np.maximum(rows, 1) - rate) ** 2))
    between = (spread - (np.count_nonzero(rows) - 1) * within) / max(total - float(rows @ rows) / total, 1e-9)
    return float(np.clip(within / max(between, 1e-12), WEAKEST, STRONGEST))


def _log_odds(rows: Vector, leavers: Vector, mixed: float) -> Vector:
    rate = (leavers.sum() + 0.5) / (rows.sum() + 1)
    return logit((leavers + mixed * rate) / (rows + mixed)) - logit(rate)
