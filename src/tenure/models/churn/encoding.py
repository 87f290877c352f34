"""From a table as it comes (numbers, flags, dates, text, gaps) to columns a model can use."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tenure.models.base import Vector
from tenure.models.churn.reading import MISSING, Values, as_numbers, as_words, kind_of

CLIP = (0.005, 0.995)  # quantiles beyond which a number counts as extreme and is pulled in
KNOTS = (0.25, 0.5, 0.75)  # a number may bend at its quartiles
LEAST_VALUES_TO_BEND = 20
SKEWED = 5.0  # farther above the median than this many times below it: take logarithms
LEAST_SHARE = 0.01  # a rarer category is counted with the other rare ones
MOST_LEVELS = 50
RARE, BEND = "(other)", "bend"


@dataclass(frozen=True)
class NumberColumn:
    """How a number, flag or date becomes columns: itself, its bends, and whether it is missing."""

    name: str
    logarithm: bool
    low: float
    high: float
    fill: float
    knots: tuple[float, ...]
    has_gaps: bool
    kind: str = "number"
    slopes: tuple[float, ...] = ()  # of the bends, taken out of them: what is left is bent and nothing else

    def terms(self) -> tuple[str, ...]:
        """Name the columns."""
        bends = tuple(f"{BEND} {i + 1}" for i in range(len(self.knots)))
        return ("value", *bends, *((MISSING,) if self.has_gaps else ()))

    def numbers(self, values: Values) -> Vector:
        """Read the values; what is missing, infinite or no number is a gap (NaN)."""
        return as_numbers(values, self.kind)

    def columns(self, numbers: Vector) -> list[Vector]:
        """Compute the columns; a gap takes the median, an extreme the nearest usual value."""
        gaps = np.isnan(numbers)
        usual = np.clip(np.where(gaps, self.fill, numbers), self.low, self.high)
        scaled = _signed_log(usual) if self.logarithm else usual
        slopes = self.slopes or (0.0,) * len(self.knots)
        bends = [np.maximum(scaled - knot, 0.0) - b * scaled for knot, b in zip(self.knots, slopes, strict=True)]
        return [scaled, *bends, *([gaps.astype(np.float64)] if self.has_gaps else [])]


@dataclass(frozen=True)
class CategoryColumn:
    """How a text becomes columns: one per frequent value, one for the rest."""

    name: str
    levels: tuple[str, ...]

    def terms(self) -> tuple[str, ...]:
        """Name the columns."""
        return (*self.levels, RARE)

    def codes(self, values: Values) -> NDArray[np.intp]:
        """Return the number of each word's level; −1 for rare ones and those never seen in fitting."""
        return as_words(values).codes(self.levels)

    def columns(self, codes: NDArray[np.intp]) -> list[Vector]:
        """Compute the columns."""
        return [(codes == i).astype(np.float64) for i in (*range(len(self.levels)), -1)]


Column = NumberColumn | CategoryColumn


def describe(table: pd.DataFrame) -> tuple[Column, ...]:
    """Look at every column and decide how it is to be read."""
    return tuple(_describe(str(name), table[name]) for name in table.columns)


def bent(columns: Sequence[Column]) -> NDArray[np.bool_]:
    """Say which of all terms are bends."""
    numbers = [(column, isinstance(column, NumberColumn)) for column in columns]
    return np.array(
        [number and term.startswith(BEND) for column, number in numbers for term in column.terms()], dtype=bool
    )


def encode(table: pd.DataFrame, columns: Sequence[Column]) -> NDArray[np.float64]:
    """Compute the matrix of all terms."""
    parts = [part for column in columns for part in _parts(column, table[column.name])]
    return np.column_stack(parts) if parts else np.zeros((len(table), 0))


def _parts(column: Column, values: Values) -> list[Vector]:
    if isinstance(column, NumberColumn):
        return column.columns(column.numbers(values))
    return column.columns(column.codes(values))


def _describe(name: str, values: Values) -> Column:
    kind = kind_of(values)
    if kind != "text":
        return _describe_number(name, as_numbers(values, kind), kind)
    counts = as_words(values).counts(MOST_LEVELS)
    return CategoryColumn(name, tuple(sorted(counts.index[counts >= LEAST_SHARE * len(values)])))


def _describe_number(name: str, numbers: Vector, kind: str) -> NumberColumn:
    known = numbers[np.isfinite(numbers)]
    has_gaps = len(known) < len(numbers)
    if not len(known):
        return NumberColumn(name, False, 0.0, 0.0, 0.0, (), has_gaps, kind)
    low, high = np.quantile(known, CLIP)
    if low == high:  # nearly constant: keep the rare other values visible
        low, high = known.min(), known.max()
    below, median, above = np.quantile(known, [0.05, 0.5, 0.95])
    logarithm = bool(kind == "number" and above - median > SKEWED * (median - below) and high > 1)
    several = len(np.unique(known)) >= LEAST_VALUES_TO_BEND
    marks = np.quantile(np.clip(known, low, high), KNOTS) if several else np.array([])
    marks = np.unique(_signed_log(marks) if logarithm else marks)
    ends = (_signed_log(np.array([low, high]))) if logarithm else np.array([low, high])
    knots = tuple(float(mark) for mark in marks if ends[0] < mark < ends[1])
    plain = NumberColumn(name, logarithm, float(low), float(high), float(median), knots, has_gaps, kind)
    scaled, *bends = plain.columns(known)[: 1 + len(knots)]
    around = scaled - scaled.mean()
    return replace(plain, slopes=tuple(float(around @ bend / (around @ around)) for bend in bends))


def _signed_log(values: Vector) -> Vector:
    return np.asarray(np.sign(values) * np.log1p(np.abs(values)), dtype=np.float64)
