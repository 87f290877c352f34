"""What the columns of a table are: numbers, flags, dates, durations or text, however they were written."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from numbers import Number
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import issparse

from tenure.kit.i18n import Text
from tenure.models.base import UnusableInput, Vector

MISSING = "(missing)"
MOSTLY = 0.95  # of the known values of a text column must be numbers or dates for the column to count as such
LOOKED_AT = 2_000  # values tried first, since most text is seen to be text by few
DAY = pd.Timedelta(days=1)
EPOCH = pd.Timestamp("1970-01-01")

Values: TypeAlias = "pd.Series[Any]"  # a column of a table as it comes: any type


def as_table(X: Any) -> pd.DataFrame:
    """Return a data frame with distinct column names; a plain matrix gets the names x0, x1, …"""
    if hasattr(X, "to_pandas"):  # Arrow and its kin
        X = X.to_pandas()
    if isinstance(X, pd.DataFrame):
        names = X.columns.map(str)
        if not names.is_unique:
            raise UnusableInput(_TWICE.fill(names=", ".join(sorted(set(names[names.duplicated()])))))
        return X if names.equals(X.columns) else X.set_axis(names, axis=1)
    if issparse(X):
        raise UnusableInput(_SPARSE)
    matrix = np.asarray(X)
    if matrix.ndim != 2:
        raise UnusableInput(_SHAPE.fill(dimensions=matrix.ndim))
    if np.iscomplexobj(matrix):
        raise UnusableInput(_COMPLEX)
    return pd.DataFrame(matrix, columns=[f"x{i}" for i in range(matrix.shape[1])])


def kind_of(values: Values) -> str:
    """Say what a column holds: "number" (flags too), "date", "duration" or "text"."""
    if pd.api.types.is_datetime64_any_dtype(values):
        return "date"
    if pd.api.types.is_timedelta64_dtype(values):
        return "duration"
    if pd.api.types.is_complex_dtype(values):
        raise UnusableInput(_COMPLEX)
    if pd.api.types.is_numeric_dtype(values):
        return "number"
    if isinstance(values.dtype, pd.CategoricalDtype):
        return "text"
    return _kind_of_objects(values.dropna())


def as_numbers(values: Values, kind: str = "number") -> Vector:
    """Return numbers, or days for dates and durations; whatever is missing, infinite or unreadable is NaN."""
    if kind == "date":
        dates = pd.to_datetime(values, errors="coerce", utc=True, format=_format(values))
        return np.asarray((dates.dt.tz_localize(None) - EPOCH) / DAY, dtype=np.float64)
    if kind == "duration":
        return np.asarray(pd.to_timedelta(values, errors="coerce") / DAY, dtype=np.float64)
    numbers = pd.to_numeric(values, errors="coerce")
    result = np.array(numbers.to_numpy(dtype=np.float64, na_value=np.nan), dtype=np.float64)
    result[np.isinf(result)] = np.nan
    return result


@dataclass(frozen=True)
class Words:
    """A text column as the distinct words in it and the number of each row's word."""

    distinct: "pd.Index[str]"
    rows: NDArray[np.intp]

    def codes(self, levels: Sequence[str]) -> NDArray[np.intp]:
        """Return the place of each row's word among ``levels``; −1 where it is none of them."""
        return np.asarray(pd.Index(np.array(levels, dtype=object)).get_indexer(self.distinct))[self.rows]

    def counts(self, levels: int | None = None) -> "pd.Series[int]":
        """Return how many rows have each word, the most frequent first, then by the alphabet."""
        counts = pd.Series(np.bincount(self.rows, minlength=len(self.distinct)), index=self.distinct)
        counts = counts.groupby(level=0).sum()
        return counts[counts > 0].sort_index().sort_values(ascending=False, kind="stable").iloc[:levels]


def as_words(values: Values) -> Words:
    """Return text, with a word of its own for gaps and blanks; only distinct values are looked at."""
    rows, distinct = pd.factorize(values)
    words = [str(value) for value in distinct]
    words = [word if word.strip() else MISSING for word in words]
    words.append(MISSING)
    return Words(pd.Index(words, dtype=object), np.where(rows < 0, len(words) - 1, rows))


def _kind_of_objects(known: Values) -> str:
    """Tell what a column of anything holds by trying: numbers first, then dates in the order year, month, day."""
    if not len(known):
        return "number"
    some = known.iloc[:: math.ceil(len(known) / LOOKED_AT)]
    return "text" if _kind_by_trial(some) == "text" else _kind_by_trial(known)


def _kind_by_trial(known: Values) -> str:
    if all(isinstance(value, Number | Decimal | np.bool_) for value in known):
        return "number"
    return _kind_of_text(known)


def _kind_of_text(known: Values) -> str:
    told = known.astype(str).str.strip()
    told = told[told != ""]
    if not len(told) or pd.to_numeric(told, errors="coerce").notna().mean() >= MOSTLY:
        return "number"
    if told.str.match(r"\d{4}-\d{2}-\d{2}").mean() < MOSTLY:
        return "text"
    return (
        "date" if pd.to_datetime(told, errors="coerce", utc=True, format="ISO8601").notna().mean() >= MOSTLY else "text"
    )


def _format(values: Values) -> str | None:
    return None if pd.api.types.is_datetime64_any_dtype(values) else "ISO8601"


_SHAPE = Text(
    "X must be a table of rows and columns. Reshape your data: it has {dimensions} dimension(s).",
    "X 必须是有行有列的表，现有 {dimensions} 维。",
)
_SPARSE = Text("Sparse data was passed, but dense data is required.", "传入的是稀疏矩阵，请改为稠密表。")
_TWICE = Text("The table has more than one column of these names: {names}.", "表中有重名的列：{names}。")
_COMPLEX = Text("Complex data not supported: give real numbers.", "不支持复数，请提供实数。")
