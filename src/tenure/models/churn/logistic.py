"""Churn probability by logistic regression: every score is a sum of reasons."""

from collections.abc import Callable
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri
from sklearn.model_selection import StratifiedKFold
from sklearn.utils.validation import check_is_fitted

from tenure.kit.i18n import Text
from tenure.models.base import Classifier, DegenerateData, UnusableInput, Vector, expit, logit, one_thread, warn
from tenure.models.churn.calibration import Calibration, choose_calibration
from tenure.models.churn.encoding import describe, encode
from tenure.models.churn.lines import STRENGTHS, covariance, solve
from tenure.models.churn.reading import as_table
from tenure.models.evaluation import log_losses

LEAST_OF_EACH = 10  # outcomes of each kind, below which nothing is chosen from the data
ROWS_AT_ONCE = 100_000

Compute = Callable[[NDArray[np.float64]], NDArray[np.float64]]


class ChurnLogistic(Classifier):
    """Logistic regression on a table as it comes: numbers, flags, text categories, missing values.

    Skewed numbers are taken as logarithms, extremes pulled in, quartile bends allowed, rare categories pooled, gaps
    given a column of their own. The L2 penalty is chosen by out-of-fold log loss; the scores of the same folds choose
    a calibration: none, a straight line (Platt) or steps (isotonic), the simplest that serves. Everything that is
    random is drawn with ``seed``; at most ``max_rows`` rows are used in fitting. Learned: ``classes_``,
    ``feature_names_in_``, ``columns_``, ``coef_``, ``intercept_``, ``covariance_``, ``strength_``, ``calibration_``,
    ``out_of_fold_log_loss_``, ``base_rate_``, ``importance_`` (mean absolute contribution per feature).
    """

    out_of_fold_log_loss_: float | None

    def __init__(self, folds: int = 5, max_rows: int = 200_000, seed: int = 0) -> None:
        self.folds = folds
        self.max_rows = max_rows
        self.seed = seed

    def fit(self, X: pd.DataFrame | ArrayLike, y: ArrayLike) -> Self:
        """Learn from one row per customer and whether each of them left."""
        table, outcome = as_table(X), np.asarray(y)
        if len(table) != len(outcome) or not len(outcome):
            raise UnusableInput(_LENGTHS)
        self.classes_ = two_classes(outcome)
        target = (outcome == self.classes_[1]).astype(np.float64)
        self.feature_names_in_ = np.array([str(name) for name in table.columns], dtype=object)
        self.n_features_in_ = len(self.feature_names_in_)
        self.base_rate_ = float(target.mean())
        if self.max_rows < len(table):
            rng = np.random.default_rng(self.seed)
            drawn = np.sort(rng.choice(len(table), self.max_rows, replace=False))
            table, target = table.iloc[drawn], target[drawn]
        self.columns_ = describe(table)
        raw = encode(table, self.columns_)
        self.mean_, spread = raw.mean(axis=0), raw.std(axis=0)
        self.scale_ = np.where(spread > 1e-12, spread, np.inf)  # a column that never varies can explain nothing
        terms = (raw - self.mean_) / self.scale_
        with one_thread():
            self._learn(terms, target)
        self.importance_ = np.abs(self._by_feature(terms)).mean(axis=0)
        return self

    def decision_function(self, X: pd.DataFrame | ArrayLike) -> Vector:
        """Return the log-odds before calibration."""
        return self._in_parts(X, lambda terms: self.intercept_ + terms @ self.coef_)

    def predict_proba(self, X: pd.DataFrame | ArrayLike) -> NDArray[np.float64]:
        """Return calibrated probabilities, one column per class."""
        check_is_fitted(self, "coef_")
        leaving = expit(self.calibration_.apply(self.decision_function(X)))
        return np.column_stack([1 - leaving, leaving])

    def predict(self, X: pd.DataFrame | ArrayLike) -> NDArray[np.generic]:
        """Return the likelier class."""
        leaving = (self.predict_proba(X)[:, 1] > 0.5).astype(np.int64)
        return np.asarray(self.classes_)[leaving]

    def explain(self, X: pd.DataFrame | ArrayLike) -> pd.DataFrame:
        """Return each feature's exact share of each score, in log-odds relative to the average training customer.

        A row's contributions plus ``intercept_`` equal ``decision_function``. Calibration comes after and is monotone:
        it keeps signs and order of the reasons, and a straight-line one multiplies them all by its slope.
        """
        parts = self._in_parts(X, self._by_feature)
        return pd.DataFrame(parts, columns=list(self.feature_names_in_), index=as_table(X).index)

    def interval(self, X: pd.DataFrame | ArrayLike, level: float = 0.9) -> tuple[Vector, Vector]:
        """Return low and high of each probability from the uncertainty of the coefficients (delta method).

        The score's interval is passed through the calibration, whose own uncertainty is left out.
        """
        width = self._in_parts(X, self._variance) ** 0.5 * float(ndtri((1 + level) / 2))
        score = self.decision_function(X)
        return expit(self.calibration_.apply(score - width)), expit(self.calibration_.apply(score + width))

    @property
    def coefficients_(self) -> pd.DataFrame:
        """Feature, term, coefficient per standard deviation of the term, and its standard error."""
        check_is_fitted(self, "coef_")
        terms = [(column.name, term) for column in self.columns_ for term in column.terms()]
        table = pd.DataFrame(terms, columns=["feature", "term"])
        return table.assign(coefficient=self.coef_, standard_error=np.sqrt(np.diag(self.covariance_)[1:]))

    def _learn(self, terms: NDArray[np.float64], target: Vector) -> None:
        least = int(min(target.sum(), (1 - target).sum()))
        if least == 0 or terms.shape[1] == 0:
            self._stand_in(terms.shape[1], target)
            return
        if least < LEAST_OF_EACH:
            warn(DegenerateData, f"Only {least} of one outcome: scores are kept close to the base rate.")
            self.strength_, self.calibration_, self.out_of_fold_log_loss_ = STRENGTHS[0], Calibration("none"), None
        else:
            self._choose(terms, target, min(self.folds, least))
        fitted = solve(terms, target, self.strength_)
        self.coef_, self.intercept_ = fitted[1:], float(fitted[0])
        self.covariance_ = covariance(terms, self.intercept_ + terms @ self.coef_, self.strength_)

    def _choose(self, terms: NDArray[np.float64], target: Vector, folds: int) -> None:
        """Choose the penalty by out-of-fold log loss, then a calibration on the very same out-of-fold scores."""
        fold = np.empty(len(target))
        splits = list(StratifiedKFold(folds, shuffle=True, random_state=self.seed).split(terms, target))
        scores = {strength: np.empty(len(target)) for strength in STRENGTHS}
        for number, (rest, held) in enumerate(splits):
            fold[held] = number
            fitted = None
            for strength in STRENGTHS:
                fitted = solve(terms[rest], target[rest], strength, start=fitted)
                scores[strength][held] = fitted[0] + terms[held] @ fitted[1:]
        losses = {strength: float(log_losses(target, expit(scores[strength])).mean()) for strength in STRENGTHS}
        # not the strongest penalty within a standard error: its shrinkage made 90 % intervals hold 78 %
        self.strength_ = min(STRENGTHS, key=lambda strength: losses[strength])
        self.out_of_fold_log_loss_ = losses[self.strength_]
        self.calibration_ = choose_calibration(scores[self.strength_], target, fold)

    def _stand_in(self, terms: int, target: Vector) -> None:
        """With one outcome only, everybody gets the base rate, kept away from certainty."""
        warn(DegenerateData, "Only one outcome was seen, or no feature varies: everybody gets the base rate.")
        self.strength_, self.calibration_, self.out_of_fold_log_loss_ = STRENGTHS[0], Calibration("none"), None
        self.coef_, self.covariance_ = np.zeros(terms), np.zeros((terms + 1, terms + 1))
        self.intercept_ = float(logit((target.sum() + 0.5) / (len(target) + 1)))

    def _by_feature(self, terms: NDArray[np.float64]) -> NDArray[np.float64]:
        sizes = [len(column.terms()) for column in self.columns_]
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
        return np.add.reduceat(terms * self.coef_, starts, axis=1)

    def _variance(self, terms: NDArray[np.float64]) -> Vector:
        full = np.column_stack([np.ones(len(terms)), terms])
        return np.asarray(np.einsum("ij,jk,ik->i", full, self.covariance_, full, optimize=True), dtype=np.float64)

    def _in_parts(self, X: pd.DataFrame | ArrayLike, compute: Compute) -> NDArray[np.float64]:
        """Compute over the encoded terms, some rows at a time, to bound memory."""
        check_is_fitted(self, "coef_")
        table = as_table(X)
        starts = range(0, max(len(table), 1), ROWS_AT_ONCE)
        pieces = (encode(table.iloc[start : start + ROWS_AT_ONCE], self.columns_) for start in starts)
        with one_thread():
            return np.concatenate([compute((piece - self.mean_) / self.scale_) for piece in pieces])


def two_classes(outcome: NDArray[np.generic]) -> NDArray[np.generic]:
    """Return the two classes, the later in order being the one to predict; a lone 0/1 or flag gets its counterpart."""
    classes = np.unique(outcome)
    if len(classes) == 1 and classes[0] in (0, 1):
        classes = np.array([0, 1]).astype(outcome.dtype)
    if len(classes) != 2:
        raise UnusableInput(_CLASSES)
    return classes


_LENGTHS = Text("X and y must have the same number of rows, at least one.", "X 与 y 的行数必须相同且不少于一行。")
_CLASSES = Text("y must hold exactly two outcomes.", "y 必须恰好包含两种结果。")
