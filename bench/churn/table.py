"""A table of customers with a known outcome, as benches and their peers read it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

GAP = "(missing)"


@dataclass(frozen=True)
class Table:
    """Customers as they come, and who of them left."""

    name: str
    features: pd.DataFrame
    left: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.left)

    def plain(self) -> pd.DataFrame:
        """Return what other libraries can read: numbers as floats (flags and dates too), the rest as text."""
        return self.features.apply(plain_column)

    def part(self, rows: int, seed: int = 0) -> "Table":
        """Return at most so many rows, drawn at random."""
        if rows >= len(self):
            return self
        drawn = np.sort(np.random.default_rng(seed).choice(len(self), rows, replace=False))
        return Table(self.name, self.features.iloc[drawn].reset_index(drop=True), self.left[drawn])


def plain_column(values: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return a column as floats, or as text with a word for gaps."""
    if pd.api.types.is_datetime64_any_dtype(values):
        return values.astype("datetime64[s]").astype(np.int64).where(values.notna()) / 86_400
    if pd.api.types.is_numeric_dtype(values):
        return values.astype(np.float64)
    return values.astype("object").where(values.notna(), GAP).astype(str)


def leaves(rng: np.random.Generator, log_odds: NDArray[np.float64], rate: float) -> NDArray[np.bool_]:
    """Draw who leaves, after moving all log-odds by one amount so that the expected share is ``rate``."""
    low, high = -30.0, 30.0
    for _ in range(60):  # bisection
        middle = (low + high) / 2
        low, high = (middle, high) if np.mean(1 / (1 + np.exp(-log_odds - middle))) < rate else (low, middle)
    chance: NDArray[np.float64] = 1 / (1 + np.exp(-log_odds - low))
    return rng.random(len(log_odds)) < chance
