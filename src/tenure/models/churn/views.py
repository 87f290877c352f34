"""The two encodings of a table: standardised terms for straight lines and networks, plain values for trees."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from tenure.models.base import Indices, Vector
from tenure.models.churn.encoding import Column, NumberColumn, encode
from tenure.models.churn.practice import Matrix
from tenure.models.churn.rates import LevelRates


@dataclass(frozen=True, eq=False)
class Views:
    """How a table is encoded, learned from the training rows."""

    columns: tuple[Column, ...]
    rates: tuple[LevelRates, ...]
    mean: Vector
    scale: Vector

    @classmethod
    def fit(cls, table: pd.DataFrame, columns: tuple[Column, ...], rates: tuple[LevelRates, ...]) -> Self:
        """Learn the scales of the terms."""
        raw = encode(table, columns)
        spread = raw.std(axis=0)
        # a column that never varies can explain nothing
        return cls(columns, rates, raw.mean(axis=0), np.where(spread > 1e-12, spread, np.inf))

    def plain(self, view: str, table: pd.DataFrame) -> Matrix:
        """Encode a table for "lines" or "trees", without what is learned from outcomes."""
        if view == "lines":
            return np.asarray((encode(table, self.columns) - self.mean) / self.scale)
        parts = [_plain(column, table) for column in self.columns]
        return np.column_stack(parts) if parts else np.zeros((len(table), 0))

    def encode(self, views: Iterable[str], table: pd.DataFrame, folds: int) -> "Encoded":
        """Encode a table for each of the views, with the rates as learned without each fold."""
        plain = {view: self.plain(view, table) for view in sorted(set(views))}
        rates = [[rate.column(table[rate.name], k) for rate in self.rates] for k in range(folds if self.rates else 0)]
        return Encoded(plain, rates)

    def by_feature(self, view: str, shares: Matrix) -> Matrix:
        """Add the shares of encoded columns up by the feature they come from."""
        owner, own = self._owners(view), shares.shape[1] - len(self.rates)  # the terms of a feature stand side by side
        starts = np.flatnonzero(np.diff(owner[:own], prepend=-1))
        total = np.add.reduceat(shares[:, :own], starts, axis=1)
        for i, feature in enumerate(owner[own:]):
            total[:, feature] += shares[:, own + i]
        return np.asarray(total)

    def _owners(self, view: str) -> Indices:
        names = [column.name for column in self.columns]
        sizes = [len(column.terms()) if view == "lines" else 1 for column in self.columns]
        return np.concatenate(
            [np.repeat(np.arange(len(names)), sizes), [names.index(rate.name) for rate in self.rates]]
        ).astype(np.int64)


@dataclass(frozen=True)
class Encoded:
    """A table in one or both encodings, as the part without each fold reads it."""

    plain: dict[str, Matrix]
    rates: list[list[Vector]]

    def rows(self, view: str, k: int) -> Matrix:
        """Return the table as the part without fold ``k`` reads it."""
        return np.column_stack([self.plain[view], *self.rates[k]]) if self.rates else self.plain[view]


def _plain(column: Column, table: pd.DataFrame) -> Vector:
    """Return numbers with NaN for gaps, or the number of the level of a word."""
    if isinstance(column, NumberColumn):
        return column.numbers(table[column.name])
    return column.codes(table[column.name]).astype(np.float64)
