"""What hazard models share: columns made comparable, a careful climb to the likeliest coefficients, their errors."""

from abc import ABC
from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.linalg import qr
from sklearn.utils.validation import check_is_fitted

from tenure.kit.i18n import Text
from tenure.models.base import DegenerateData, Model, NotConverged, UnusableInput, Vector, one_thread, warn

Matrix = NDArray[np.float64]
Height = Callable[[Vector], float]
Slopes = Callable[[Vector], tuple[Vector, Matrix]]  # gradient and information (negative curvature)

RIDGE = 1e-6  # keeps coefficients finite where a column separates outcomes; moves none of the others' first 8 digits
MOST_STEPS = 60
FAR = 5.0  # log-hazard by one standard deviation, a ratio of 148: nothing but the outcome itself says so much


class HazardModel(Model, ABC):
    """A rate of leaving that columns multiply.

    Learned besides what the subclass says: ``coefficients_`` and ``standard_errors_`` by column (of one unit),
    ``covariance_``, ``feature_names_in_``, ``n_features_in_``, ``means_`` (rates are told at these), ``identified_``.
    """

    def log_hazard_ratio(self, X: pd.DataFrame | ArrayLike) -> Vector:
        """Return by how much each customer's log-hazard exceeds that of a customer with average columns."""
        return (self._read(X) - self.means_) @ self._beta()

    def _beta(self) -> Vector:
        check_is_fitted(self, "coefficients_")
        return np.array(list(self.coefficients_.values()), dtype=np.float64)

    def _learn_columns(self, X: pd.DataFrame | ArrayLike) -> tuple[Matrix, Vector]:
        """Remember the columns; return those that say something, centred and scaled, and the scale of every column.

        A column that never varies, or follows from those before it, gets scale zero and coefficient zero.
        """
        values = _numbers(X)
        names = X.columns if isinstance(X, pd.DataFrame) else [f"x{i}" for i in range(values.shape[1])]
        self.feature_names_in_ = np.array([str(name) for name in names], dtype=object)
        self.n_features_in_ = len(self.feature_names_in_)
        self.means_ = values.mean(axis=0) if len(values) else np.zeros(values.shape[1])
        centred = values - self.means_
        spread = np.sqrt((centred**2).mean(axis=0)) if len(values) else np.zeros(values.shape[1])
        scale = np.where(spread > 1e-12 * np.maximum(np.abs(self.means_), 1.0), spread, 0.0)
        scale[scale > 0] *= _independent(centred[:, scale > 0] / scale[scale > 0])
        if np.any(scale == 0):
            silent = ", ".join(self.feature_names_in_[scale == 0])
            warn(DegenerateData, f"These columns never vary or follow from others, and are left out: {silent}.")
        return centred[:, scale > 0] / scale[scale > 0], scale

    def _set_coefficients(self, beta: Vector, covariance: Matrix, scale: Vector) -> None:
        used = scale > 0
        full, spread = np.zeros(len(scale)), np.zeros((len(scale), len(scale)))
        full[used] = beta / scale[used]
        spread[np.ix_(used, used)] = covariance / np.outer(scale[used], scale[used])
        self.coefficients_ = dict(zip(self.feature_names_in_.tolist(), full.tolist(), strict=True))
        self.covariance_ = spread
        errors = np.sqrt(np.maximum(np.diag(spread), 0.0))
        self.standard_errors_ = dict(zip(self.feature_names_in_.tolist(), errors.tolist(), strict=True))
        if np.any(np.abs(beta) > FAR):
            names = ", ".join(self.feature_names_in_[used][np.abs(beta) > FAR])
            warn(DegenerateData, f"These columns tell who leaves almost without fail; mind leaks: {names}.")

    def _read(self, X: pd.DataFrame | ArrayLike) -> Matrix:
        check_is_fitted(self, "coefficients_")
        if isinstance(X, pd.DataFrame):
            absent = [name for name in self.feature_names_in_ if name not in X.columns]
            if absent:
                raise UnusableInput(_ABSENT.fill(names=", ".join(absent)))
            X = X[list(self.feature_names_in_)]
        values = _numbers(X)
        if values.shape[1] != self.n_features_in_:
            raise UnusableInput(_WIDTH.fill(n=self.n_features_in_))
        return values


def climb(height: Height, slopes: Slopes, start: Vector) -> tuple[Vector, float, Matrix]:
    """Maximise a concave function by Newton steps, halved while they would lead down.

    Returns the point, the height there and the covariance; a tiny ridge keeps every step finite.
    """

    def lifted(at: Vector) -> float:
        return height(at) - RIDGE / 2 * float(at @ at)

    point, value = start, lifted(start)
    with one_thread():
        for _ in range(MOST_STEPS):
            gradient, information = slopes(point)
            information = information + RIDGE * np.eye(len(point))
            step = np.linalg.solve(information, gradient - RIDGE * point)
            gain = float(step @ (gradient - RIDGE * point))
            while gain > 1e-11 and lifted(point + step) < value and np.max(np.abs(step)) > 1e-12:
                step = step / 2
            if gain <= 1e-11:
                break
            point = point + step
            value = lifted(point)
        else:
            warn(NotConverged, "The hazard model did not settle; treat its coefficients with care.")
        covariance: Matrix = np.linalg.inv(slopes(point)[1] + RIDGE * np.eye(len(point))).astype(np.float64)
    return point, height(point), covariance


def _independent(columns: Matrix) -> NDArray[np.bool_]:
    """Say which columns do not follow from the ones before them."""
    if not columns.size:
        return np.zeros(columns.shape[1], dtype=bool)
    with one_thread():
        triangle = qr(columns, mode="r")[0]
    diagonal = np.zeros(columns.shape[1])
    size = min(triangle.shape)
    diagonal[:size] = np.abs(np.diag(triangle))
    return np.asarray(diagonal > 1e-8 * np.sqrt(len(columns)), dtype=np.bool_)


def _numbers(X: pd.DataFrame | ArrayLike) -> Matrix:
    try:
        values = np.asarray(X, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise UnusableInput(_NOT_NUMBERS) from error
    if values.ndim != 2 or not np.all(np.isfinite(values)):
        raise UnusableInput(_NOT_NUMBERS)
    return values


_NOT_NUMBERS = Text(
    "Hazard models need a table of numbers without gaps, a row per customer.",
    "风险模型需要无缺失的数值表，每位客户一行。",
)
_ABSENT = Text("The table lacks the columns {names}.", "表中缺少列 {names}。")
_WIDTH = Text("The table must have {n} columns.", "表必须有 {n} 列。")
