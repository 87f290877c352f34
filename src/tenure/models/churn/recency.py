"""The baseline every churn model must beat: days since the last order, and nothing else."""

import numpy as np
import pandas as pd
from scipy.special import ndtri
from sklearn.utils.validation import check_is_fitted

from tenure.kit.i18n import Text
from tenure.models.base import DegenerateData, UnusableInput, Vector, logit, warn
from tenure.models.churn.calibration import Calibration
from tenure.models.churn.lines import Descent, Penalty
from tenure.models.churn.model import ChurnModel
from tenure.models.churn.practice import Matrix
from tenure.models.churn.reading import as_numbers

WEAK = Penalty(1e6)  # inverse penalty: two numbers need no shrinking


class RecencyChurn(ChurnModel):
    """Churn probability from the logarithm of one column of days; missing days count as the median.

    Without ``column`` the first column is read. Learned: ``classes_``, ``column_``, ``median_``, ``centre_``,
    ``slope_``, ``intercept_``, ``covariance_``.
    """

    centre_ = 0.0  # of models stored before shares were told relative to the average customer

    def __init__(self, column: str | None = None) -> None:
        self.column = column

    def _learn(self, table: pd.DataFrame, target: Vector) -> None:
        self.column_ = str(table.columns[0]) if self.column is None else self.column
        self.out_of_fold_log_loss_, self.calibration_ = None, Calibration("none")
        if self.column_ not in table.columns:
            raise UnusableInput(_ABSENT.fill(name=self.column_))
        days = as_numbers(table[self.column_])
        known = days[np.isfinite(days)]
        self.median_ = float(np.median(known)) if len(known) else 0.0
        silence = self._silence(table)
        self.centre_ = float(silence.mean())
        if target.all() or not target.any():
            warn(DegenerateData, "Only one outcome was seen: everybody gets the base rate.")
            self.slope_, self.intercept_ = 0.0, float(logit((target.sum() + 0.5) / (len(target) + 1)))
            self.covariance_ = np.diag([1 / len(target), 0.0])
        else:
            terms = (silence - self.centre_)[:, None]
            descent = Descent(terms, np.array([False]), target)
            fitted = descent.to(WEAK)
            self.intercept_, self.slope_ = float(fitted[0]), float(fitted[1])
            self.covariance_ = descent.covariance(fitted, WEAK)
        self.importance_ = np.abs(self._shares(table)).mean(axis=0)

    def _score(self, table: pd.DataFrame) -> Vector:
        return self.intercept_ + self.slope_ * (self._silence(table) - self.centre_)

    def _shares(self, table: pd.DataFrame) -> Matrix:
        shares = np.zeros((len(table), self.n_features_in_))
        shares[:, list(self.feature_names_in_).index(self.column_)] = self._score(table) - self.intercept_
        return shares

    def _width(self, table: pd.DataFrame, level: float) -> Vector:
        """Return half the interval of each score by the delta method."""
        check_is_fitted(self, "covariance_")
        full = np.column_stack([np.ones(len(table)), self._silence(table) - self.centre_])
        variance = np.einsum("ij,jk,ik->i", full, self.covariance_, full)
        return np.asarray(np.sqrt(variance) * ndtri((1 + level) / 2), dtype=np.float64)

    def _silence(self, table: pd.DataFrame) -> Vector:
        days = as_numbers(table[self.column_])
        return np.log1p(np.maximum(np.where(np.isfinite(days), days, self.median_), 0.0))


_ABSENT = Text("The table lacks the column '{name}'.", "表中缺少列“{name}”。")
