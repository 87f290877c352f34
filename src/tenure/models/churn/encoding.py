"""From a table as it comes (numbers, flags, text, gaps) to centred columns a linear model can use."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from tenure.kit.i18n import Text
from tenure.models.base import UnusableInput, Vector

CLIP = (0.005, 0.995)  # quantiles beyond which a number counts as extreme and is pulled in
KNOTS = (0.25, 0.5, 0.75)  # a number may bend at its quartiles
LEAST_VALUES_TO_BEND = 20
SKEWED = 5.0  # farther above the median than this many times below it: take logarithms
LEAST_SHARE = 0.01  # a rarer category is counted with the other rare ones
MOST_LEVELS = 50
MISSING, RARE = "(missing)", "(other)"


Values: TypeAlias = "pd.Series[Any]"  # a column of a table as it comes: any type


@dataclass(frozen=True)
class NumberColumn:
    """How a number or a flag becomes columns: itself, its bends, and whether it is missing."""

    name: str
    logarithm: bool
    low: float
    high: float
    fill: float
    knots: tuple[float, ...]
    has_gaps: bool

    def terms(self) -> tuple[str, ...]:
        """Name the columns."""
        bends = tuple(f"bend {i + 1}" for i in range(len(self.knots)))
        return ("value", *bends, *((MISSING,) if self.has_gaps else ()))

    def columns(self, values: Values) -> list[Vector]:
        """Compute the columns; a gap takes the median, an extreme the nearest usual value."""
        numbers = as_numbers(values)
        gaps = ~np.isfinite(numbers)
        usual = np.clip(np.where(gaps, self.fill, numbers), self.low, self.high)
        scaled = _signed_log(usual) if self.logarithm else usual
        bends = [np.maximum(scaled - knot, 0.0) for knot in self.knots]
        return [scaled, *bends, *([gaps.astype(np.float64)] if self.has_gaps else [])]


@dataclass(frozen=True)
class CategoryColumn:
    """How a text becomes columns: one per frequent value, one for the rest."""

    name: str
    levels: tuple[str, ...]

    def terms(self) -> tuple[str, ...]:
        """Name the columns."""
        return (*self.levels, RARE)

    def columns(self, values: Values) -> list[Vector]:
        """Compute the columns; values never seen in fitting count as rare."""
        codes = pd.Index(self.levels).get_indexer(pd.Index(as_words(values)))
        return [(codes == i).astype(np.float64) for i in (*range(len(self.levels)), -1)]


Column = NumberColumn | CategoryColumn


def as_table(X: pd.DataFrame | ArrayLike) -> pd.DataFrame:
    """Return a data frame; a plain matrix gets the column names x0, x1, …"""
    if isinstance(X, pd.DataFrame):
        return X
    matrix = np.asarray(X)
    if matrix.ndim != 2:
        raise UnusableInput(Text("X must be a table: rows and columns.", "X 必须是有行有列的表。"))
    return pd.DataFrame(matrix, columns=[f"x{i}" for i in range(matrix.shape[1])])


def describe(table: pd.DataFrame) -> tuple[Column, ...]:
    """Look at every column and decide how it is to be read."""
    return tuple(_describe(str(name), table[name]) for name in table.columns)


def encode(table: pd.DataFrame, columns: Sequence[Column]) -> NDArray[np.float64]:
    """Compute the matrix of all terms, or say which column is missing from the table."""
    absent = [column.name for column in columns if column.name not in table.columns]
    if absent:
        raise UnusableInput(_ABSENT.fill(names=", ".join(absent)))
    parts = [part for column in columns for part in column.columns(table[column.name])]
    return np.column_stack(parts) if parts else np.zeros((len(table), 0))


def as_numbers(values: Values) -> Vector:
    """Return numbers with NaN for gaps; flags become 0 and 1."""
    numbers = pd.to_numeric(values, errors="coerce")
    return np.asarray(numbers.to_numpy(dtype=np.float64, na_value=np.nan), dtype=np.float64)


def as_words(values: Values) -> "pd.Series[str]":
    """Return text, with a word of its own for gaps."""
    return values.astype("object").where(values.notna(), MISSING).astype(str)


def _describe(name: str, values: Values) -> Column:
    if pd.api.types.is_datetime64_any_dtype(values) or pd.api.types.is_timedelta64_dtype(values):
        raise UnusableInput(_DATE.fill(name=name))
    if _is_number(values):
        return _describe_number(name, as_numbers(values))
    shares = as_words(values).value_counts(normalize=True)
    frequent = [str(level) for level in shares.index[shares >= LEAST_SHARE]]
    return CategoryColumn(name, tuple(sorted(frequent[:MOST_LEVELS])))


def _is_number(values: Values) -> bool:
    if pd.api.types.is_numeric_dtype(values):  # flags included
        return True
    if isinstance(values.dtype, pd.CategoricalDtype) or pd.api.types.is_string_dtype(values):
        return False
    known = values.dropna()
    return bool(known.map(lambda value: isinstance(value, int | float | np.number | np.bool_)).all())


def _describe_number(name: str, numbers: Vector) -> NumberColumn:
    known = numbers[np.isfinite(numbers)]
    has_gaps = len(known) < len(numbers)
    if not len(known):
        return NumberColumn(name, False, 0.0, 0.0, 0.0, (), has_gaps)
    low, high = np.quantile(known, CLIP)
    if low == high:  # nearly constant: keep the rare other values visible
        low, high = known.min(), known.max()
    below, median, above = np.quantile(known, [0.05, 0.5, 0.95])
    logarithm = bool(above - median > SKEWED * (median - below) and high > 1)
    several = len(np.unique(known)) >= LEAST_VALUES_TO_BEND
    marks = np.quantile(np.clip(known, low, high), KNOTS) if several else np.array([])
    marks = np.unique(_signed_log(marks) if logarithm else marks)
    ends = (_signed_log(np.array([low, high]))) if logarithm else np.array([low, high])
    knots = tuple(float(mark) for mark in marks if ends[0] < mark < ends[1])
    return NumberColumn(name, logarithm, float(low), float(high), float(median), knots, has_gaps)


def _signed_log(values: Vector) -> Vector:
    return np.asarray(np.sign(values) * np.log1p(np.abs(values)), dtype=np.float64)


_ABSENT = Text(
    "The table lacks these columns the model was fitted with: {names}.", "表中缺少模型训练时使用的列：{names}。"
)
_DATE = Text(
    "'{name}' is a date; give the model a number of days before the prediction instead.",
    "“{name}” 是日期；请改为距预测时点的天数。",
)
