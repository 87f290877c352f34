"""What the rungs of the ladder share: the rows they practise on, fold by fold, and what practice gives."""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, Self, TypeVar

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold

from tenure.models.base import Indices, Vector

LEAST_OF_EACH = 10  # outcomes of each kind, below which nothing is chosen from the data

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
class Task:
    """Encoded rows, their outcome and their fold; what is learned from outcomes is encoded anew for every fold."""

    views: dict[str, Matrix]
    rates: NDArray[np.float64]  # (folds, rows, columns of rates)
    bends: Flags  # which terms of lines are bends
    target: Vector
    fold: Indices
    seed: int
    rising: tuple[
        int, ...
    ] = ()  # by column of trees: 1 where more may not lower the score, −1 where it may not raise it

    @classmethod
    def of_terms(cls, terms: Matrix, bends: Flags, target: Vector, folds: int, seed: int) -> Self:
        """Return a task for straight lines only, none of whose terms were learned from outcomes."""
        fold = folds_of(target, folds, seed)
        return cls({"lines": terms}, np.empty((folds, len(target), 0)), bends, target, fold, seed)

    @property
    def folds(self) -> int:
        """How many folds there are."""
        return len(self.rates)

    def rows(self, view: str, k: int) -> Matrix:
        """Return all rows in one encoding, as practice without fold ``k`` sees them."""
        return np.column_stack([self.views[view], self.rates[k]]) if self.rates.shape[2] else self.views[view]

    def rest(self, k: int) -> Flags:
        """Say which rows are learned from when fold ``k`` is held out."""
        return np.asarray(self.fold != k)

    def held(self, k: int) -> Flags:
        """Say which rows are fold ``k``."""
        return np.asarray(self.fold == k)

    def scores(self, parts: Sequence[Part]) -> Vector:
        """Return log-odds of every row by the part that has not seen it; rows of folds without a part are NaN."""
        scores = np.full(len(self.target), np.nan)
        for k, part in enumerate(parts):
            scores[self.held(k)] = part.score(self.rows(part.view, k)[self.held(k)])
        return scores


# how a rung practises: given a task and how many of its folds, one part for each of these folds
Rung = Callable[[Task, int], Sequence[Part]]


def folds_of(target: Vector, folds: int, seed: int) -> Indices:
    """Draw a fold for every row, so that each has its share of leavers."""
    fold = np.empty(len(target), dtype=np.int64)
    for k, (_, held) in enumerate(StratifiedKFold(folds, shuffle=True, random_state=seed).split(target, target)):
        fold[held] = k
    return fold


def at_once(task: Callable[[int], Result], folds: Iterable[int]) -> list[Result]:
    """Do a task for every fold on all cores; each by itself, so that the number of cores changes no digit."""
    with ThreadPoolExecutor(os.cpu_count() or 1) as workers:
        return list(workers.map(task, folds))
