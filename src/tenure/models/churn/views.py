"""The two encodings of a table: standardised terms for straight lines and networks, plain values for trees."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from tenure.models.base import Indices, Vector
from tenure.models.churn.encoding import Column, NumberColumn, encode, require
from tenure.models.churn.practice import Matrix
from tenure.models.churn.rates import LevelRates


@dataclass(frozen=True, eq=False)
class Views:
    """How a table is encoded, learned from the training rows."""

    columns: tuple[Column, ...]
    rates: tuple[LevelRates, ...]
    folds: int
    mean: Vector
    scale: Vector

    @classmethod
    def fit(cls, table: pd.DataFrame, columns: tuple[Column, ...], rates: tuple[LevelRates, ...], folds: int) -> Self:
        """Learn the scales of the terms."""
        raw = encode(table, columns)
        spread = raw.std(axis=0)
        # a column that never varies can explain nothing
        return cls(columns, rates, folds, raw.mean(axis=0), np.where(spread > 1e-12, spread, np.inf))

    def require(self, table: pd.DataFrame) -> None:
        """Raise ``UnusableInput`` unless the table has every column."""
        require(table, self.columns)

    def plain(self, view: str, table: pd.DataFrame) -> Matrix:
        """Encode a table for "lines" or "trees", without what is learned from outcomes."""
        if view == "lines":
            return np.asarray((encode(table, self.columns) - self.mean) / self.scale)
        parts = [_plain(column, table) for column in self.columns]
        return np.column_stack(parts) if parts else np.zeros((len(table), 0))

    def rows(self, views: Iterable[str], table: pd.DataFrame, k: int | None) -> dict[str, Matrix]:
        """Encode a table for each of the views, with the rates learned without fold ``k`` or from all rows."""
        at = self.folds if k is None else k
        rates = [rate.column(table[rate.name], at) for rate in self.rates]
        return {view: np.column_stack([self.plain(view, table), *rates]) for view in sorted(views)}

    def by_feature(self, view: str, shares: Matrix) -> Matrix:
        """Add the shares of encoded columns up by the feature they come from."""
        owner = self._owners(view)
        total = np.zeros((len(shares), len(self.columns)))
        for i, feature in enumerate(owner):
            total[:, feature] += shares[:, i]
        return total

    def _owners(self, view: str) -> Indices:
        names = [column.name for column in self.columns]
        sizes = [len(column.terms()) if view == "lines" else 1 for column in self.columns]
        return np.concatenate(
            [np.repeat(np.arange(len(names)), sizes), [names.index(rate.name) for rate in self.rates]]
        ).astype(np.int64)


def _plain(column: Column, table: pd.DataFrame) -> Vector:
    """Return numbers with NaN for gaps, or the number of the level of a word."""
    if isinstance(column, NumberColumn):
        return column.numbers(table[column.name])
    return column.codes(table[column.name]).astype(np.float64)
