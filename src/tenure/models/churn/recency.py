"""The baseline every churn model must beat: days since the last order, and nothing else."""

from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.utils.validation import check_is_fitted

from tenure.kit.i18n import Text
from tenure.models.base import Classifier, DegenerateData, UnusableInput, Vector, expit, logit, one_thread, warn
from tenure.models.churn.logistic import two_classes
from tenure.models.churn.reading import as_numbers, as_table


class RecencyChurn(Classifier):
    """Churn probability from the logarithm of one column of days; missing days count as the median.

    Without ``column`` the first column is read. Learned: ``classes_``, ``column_``, ``median_``, ``slope_``,
    ``intercept_``.
    """

    def __init__(self, column: str | None = None) -> None:
        self.column = column

    def fit(self, X: pd.DataFrame | ArrayLike, y: ArrayLike) -> Self:
        """Learn how the chance of leaving moves with silence."""
        table, outcome = as_table(X), np.asarray(y)
        self.classes_ = two_classes(outcome)
        self.column_ = str(table.columns[0]) if self.column is None else self.column
        self.feature_names_in_ = np.array([str(name) for name in table.columns], dtype=object)
        self.n_features_in_ = len(self.feature_names_in_)
        days = self._days(table)
        known = days[np.isfinite(days)]
        self.median_ = float(np.median(known)) if len(known) else 0.0
        target = outcome == self.classes_[1]
        if target.all() or not target.any():
            warn(DegenerateData, "Only one outcome was seen: everybody gets the base rate.")
            self.slope_, self.intercept_ = 0.0, float(logit((target.sum() + 0.5) / (len(target) + 1)))
            return self
        with one_thread():
            line = LogisticRegression(C=1e6, solver="newton-cholesky").fit(self._silence(table)[:, None], target)
        self.slope_, self.intercept_ = float(line.coef_[0, 0]), float(line.intercept_[0])
        return self

    def predict_proba(self, X: pd.DataFrame | ArrayLike) -> NDArray[np.float64]:
        """Return probabilities, one column per class."""
        check_is_fitted(self, "slope_")
        leaving = expit(self.intercept_ + self.slope_ * self._silence(as_table(X)))
        return np.column_stack([1 - leaving, leaving])

    def predict(self, X: pd.DataFrame | ArrayLike) -> NDArray[np.generic]:
        """Return the likelier class."""
        return np.asarray(self.classes_)[(self.predict_proba(X)[:, 1] > 0.5).astype(np.int64)]

    def _silence(self, table: pd.DataFrame) -> Vector:
        days = self._days(table)
        return np.log1p(np.maximum(np.where(np.isfinite(days), days, self.median_), 0.0))

    def _days(self, table: pd.DataFrame) -> Vector:
        if self.column_ not in table.columns:
            raise UnusableInput(_ABSENT.fill(name=self.column_))
        return as_numbers(table[self.column_])


_ABSENT = Text("The table lacks the column '{name}'.", "表中缺少列“{name}”。")
