"""What the rungs of the ladder share: the rows they practise on, fold by fold, and what practice gives."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from tenure.models.base import Indices, Vector

Matrix = NDArray[np.float64]
Flags = NDArray[np.bool_]
Result = TypeVar("Result")


class Part(Protocol):
    """A fitted function of encoded rows whose score is the sum of its base and its shares."""

    @property
    def view(self) -> str:
        """Which of the two encodings it reads: "lines" or "trees"."""

    @property
    def base(self) -> float:
        """The score of which the shares tell the difference."""

    def score(self, rows: Matrix) -> Vector:
        """Return log-odds."""

    def shares(self, rows: Matrix) -> Matrix:
        """Return each encoded column's part of the score."""


@dataclass(frozen=True)
class Trial:
    """A rung after practice: log-odds of every row by a part that had not seen it, those parts, and how to finish."""

    scores: Vector
    parts: Sequence[Part]
    finish: Callable[[], Part]


@dataclass(frozen=True)
class Task:
    """Encoded rows, their outcome and their fold; what is learned from outcomes is encoded anew for every fold."""

    views: dict[str, Matrix]
    rates: NDArray[np.float64]  # (folds + 1, rows, columns of rates); the last for a fit on everything
    target: Vector
    fold: Indices
    folds: int
    seed: int

    def lines(self, k: int | None) -> Matrix:
        """Return the rows for straight lines and nets, as practice without fold ``k`` sees them."""
        return self._with_rates("lines", k)

    def trees(self, k: int | None) -> Matrix:
        """Return the rows for trees."""
        return self._with_rates("trees", k)

    def rest(self, k: int) -> Flags:
        """Say which rows are learned from when fold ``k`` is held out."""
        return np.asarray(self.fold != k)

    def held(self, k: int) -> Flags:
        """Say which rows are fold ``k``."""
        return np.asarray(self.fold == k)

    def _with_rates(self, view: str, k: int | None) -> Matrix:
        rates = self.rates[self.folds if k is None else k]
        return np.column_stack([self.views[view], rates]) if rates.shape[1] else self.views[view]


def at_once(task: Callable[[int], Result], count: int) -> list[Result]:
    """Do ``task(0)``, ``task(1)``, … on all cores; each by itself, so that the number of cores changes no digit."""
    with ThreadPoolExecutor(min(os.cpu_count() or 1, count)) as workers:
        return list(workers.map(task, range(count)))
