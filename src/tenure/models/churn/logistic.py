"""Churn probability by logistic regression: every score is a sum of reasons."""

import numpy as np
import pandas as pd
from scipy.special import ndtri
from sklearn.utils.validation import check_is_fitted

from tenure.models.base import DegenerateData, Vector, expit, logit, warn
from tenure.models.churn.calibration import Calibration, choose_calibration
from tenure.models.churn.encoding import bent, describe, encode
from tenure.models.churn.lines import STRENGTHS, Descent, Penalty, practise_lines
from tenure.models.churn.model import ChurnModel
from tenure.models.churn.practice import LEAST_OF_EACH, Matrix, Task
from tenure.models.evaluation import log_losses


class ChurnLogistic(ChurnModel):
    """Logistic regression on a table as it comes: numbers, flags, dates, text categories, missing values.

    Skewed numbers are taken as logarithms, extremes pulled in, quartile bends allowed, rare categories pooled, gaps
    given a column of their own. The L2 penalty is chosen by out-of-fold log loss; the scores of the same folds choose
    a calibration: none, a straight line (Platt) or steps (isotonic), the simplest that serves. Everything that is
    random is drawn with ``seed``; at most ``max_rows`` rows are used in fitting. Learned: ``classes_``,
    ``feature_names_in_``, ``columns_``, ``coef_``, ``intercept_``, ``covariance_``, ``strength_``, ``calibration_``,
    ``out_of_fold_log_loss_``, ``base_rate_``, ``importance_`` (mean absolute contribution per feature). The interval
    comes from the uncertainty of the coefficients (delta method).
    """

    def __init__(self, folds: int = 5, max_rows: int = 200_000, seed: int = 0) -> None:
        self.folds = folds
        self.max_rows = max_rows
        self.seed = seed

    @property
    def coefficients_(self) -> pd.DataFrame:
        """Feature, term, coefficient per standard deviation of the term, and its standard error."""
        check_is_fitted(self, "coef_")
        terms = [(column.name, term) for column in self.columns_ for term in column.terms()]
        table = pd.DataFrame(terms, columns=["feature", "term"])
        return table.assign(coefficient=self.coef_, standard_error=np.sqrt(np.diag(self.covariance_)[1:]))

    def _learn(self, table: pd.DataFrame, target: Vector) -> None:
        self.columns_ = describe(table)
        raw = encode(table, self.columns_)
        self.mean_, spread = raw.mean(axis=0), raw.std(axis=0)
        self.scale_ = np.where(spread > 1e-12, spread, np.inf)  # a column that never varies can explain nothing
        terms = (raw - self.mean_) / self.scale_
        self._solve(terms, target)
        self.importance_ = np.abs(self._by_feature(terms)).mean(axis=0)

    def _solve(self, terms: Matrix, target: Vector) -> None:
        least = int(min(target.sum(), (1 - target).sum()))
        if least == 0:
            self._stand_in(terms.shape[1], target)
            return
        bends = bent(self.columns_)
        if least < LEAST_OF_EACH:
            warn(DegenerateData, f"Only {least} of one outcome: scores are kept close to the base rate.")
            penalty, self.calibration_, self.out_of_fold_log_loss_ = Penalty(), Calibration("none"), None
        else:
            penalty = self._choose(Task.of_terms(terms, bends, target, min(self.folds, least), self.seed))
        descent = Descent(terms, bends, target)
        fitted = descent.to(penalty)
        self.strength_, self.coef_, self.intercept_ = penalty.strength, fitted[1:], float(fitted[0])
        self.covariance_ = descent.covariance(fitted, penalty)

    def _choose(self, task: Task) -> Penalty:
        """Choose the penalty by out-of-fold log loss, then a calibration on the very same out-of-fold scores."""
        penalty, lines = practise_lines(task, task.folds)
        scores = task.scores(lines)
        self.out_of_fold_log_loss_ = float(log_losses(task.target, expit(scores)).mean())
        self.calibration_ = choose_calibration(scores, task.target, task.fold)
        return penalty

    def _stand_in(self, terms: int, target: Vector) -> None:
        """With one outcome only, everybody gets the base rate, kept away from certainty."""
        warn(DegenerateData, "Only one outcome was seen: everybody gets the base rate.")
        self.strength_, self.calibration_, self.out_of_fold_log_loss_ = STRENGTHS[0], Calibration("none"), None
        self.coef_, self.covariance_ = np.zeros(terms), np.zeros((terms + 1, terms + 1))
        self.intercept_ = float(logit((target.sum() + 0.5) / (len(target) + 1)))

    def _score(self, table: pd.DataFrame) -> Vector:
        return np.asarray(self.intercept_ + self._terms(table) @ self.coef_)

    def _shares(self, table: pd.DataFrame) -> Matrix:
        return self._by_feature(self._terms(table))

    def _width(self, table: pd.DataFrame, level: float) -> Vector:
        full = np.column_stack([np.ones(len(table)), self._terms(table)])
        variance = np.einsum("ij,jk,ik->i", full, self.covariance_, full, optimize=True)
        return np.asarray(np.sqrt(variance) * ndtri((1 + level) / 2), dtype=np.float64)

    def _terms(self, table: pd.DataFrame) -> Matrix:
        return np.asarray((encode(table, self.columns_) - self.mean_) / self.scale_)

    def _by_feature(self, terms: Matrix) -> Matrix:
        sizes = [len(column.terms()) for column in self.columns_]
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
        return np.add.reduceat(terms * self.coef_, starts, axis=1)
