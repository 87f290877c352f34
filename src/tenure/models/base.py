"""Shared numerics: distinct weighted rows, safe minimisation, Beta quadrature, and the warnings models may raise."""

import warnings
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, special
from sklearn.base import BaseEstimator, ClassifierMixin
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from tenure.kit.errors import Invalid
from tenure.kit.i18n import Text

Vector = NDArray[np.float64]
Indices = NDArray[np.int64]
ValueAndGradient = Callable[[Vector], tuple[float, Vector]]


MOST_NEWTON_STEPS = 4
LONGEST_STEP = 1e5  # inverse curvature per observation that is still believed


class ModelWarning(UserWarning):
    """A model answered, but its answer deserves less trust than usual."""


class DegenerateData(ModelWarning):
    """The data cannot identify the parameters; a cautious stand-in is used."""


class NotConverged(ModelWarning):
    """The optimiser stopped before it was sure of the best fit."""


class AtBound(ModelWarning):
    """A parameter ran to the edge of its range: the data holds almost no information about it."""


class SpendFollowsFrequency(ModelWarning):
    """Frequent buyers spend differently per order, which the spend model assumes they do not."""


class SeasonUnknown(ModelWarning):
    """The history is shorter than a year: what the season will do to the forecast cannot be known from it."""


class NoGain(ModelWarning):
    """The richer model did not beat a simpler one by more than its standard error, so the simpler one answers."""


class UnusableInput(Invalid, ValueError):
    """What was given to a model breaks its input rules."""

    code = "unusable_model_input"


class Model(BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """Something with ``fit``: arguments are stored, what is learned ends in an underscore."""


class Classifier(ClassifierMixin, Model):  # type: ignore[misc]  # scikit-learn has no types
    """A model with ``predict_proba`` whose columns follow ``classes_``."""


@dataclass(frozen=True)
class Optimum:
    """Where a minimisation ended: the point, the value there, and the inverse curvature."""

    point: Vector
    value: float
    covariance: NDArray[np.float64]
    converged: bool
    at_bound: tuple[int, ...]


def warn(category: type[ModelWarning], sentence: str) -> None:
    """Raise a typed warning that points at the caller of the model."""
    warnings.warn(sentence, category, stacklevel=4)


def one_thread() -> AbstractContextManager[object]:
    """Keep linear algebra on one thread while this is entered.

    The matrices here are small: on a busy machine waiting threads made a fit 20 times slower (19 s against 0.8 s), and
    one thread adds in the same order whatever the number of cores, so the same data gives the same bytes.
    """
    limit: AbstractContextManager[object] = threadpool_limits(limits=1, user_api="blas")
    return limit


def vector(name: str, values: ArrayLike) -> Vector:
    """Return values as a flat array of finite numbers that are not negative, or say which rule they break."""
    result = np.atleast_1d(np.asarray(values, dtype=np.float64))
    if result.ndim != 1 or not np.all(np.isfinite(result)) or np.any(result < 0):
        raise UnusableInput(_BAD_NUMBERS.fill(name=name))
    return result


def same_length(**columns: Vector) -> None:
    """Raise ``UnusableInput`` unless all the named columns have one length."""
    if len({len(column) for column in columns.values()}) > 1:
        raise UnusableInput(_BAD_LENGTHS.fill(names=", ".join(columns)))


def distinct(columns: Sequence[Vector], weights: Vector | None = None) -> tuple[list[Vector], Vector, Indices]:
    """Collapse equal rows: return the distinct rows column by column, their weights, and where each row went."""
    key = np.zeros(len(columns[0]), dtype=np.int64)
    levels = []
    for column in columns:
        values, codes = np.unique(column, return_inverse=True)
        levels.append(values)
        _, key = np.unique(key * len(values) + codes, return_inverse=True)
    count = int(key.max()) + 1 if len(key) else 0
    first = np.empty(count, dtype=np.int64)
    first[key[::-1]] = np.arange(len(key) - 1, -1, -1)
    return [column[first] for column in columns], np.bincount(key, weights=weights, minlength=count).astype(float), key


def minimise(objective: ValueAndGradient, start: Vector, low: float, high: float) -> Optimum:
    """Minimise a smooth function inside a box, then polish with Newton steps on a curvature taken from its gradient."""
    with one_thread():
        return _minimise(objective, start, low, high)


def _minimise(objective: ValueAndGradient, start: Vector, low: float, high: float) -> Optimum:
    found = optimize.minimize(
        objective,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=[(low, high)] * len(start),
        options={"maxiter": 500, "ftol": 1e-12, "gtol": 1e-7},
    )
    point, value = np.asarray(found.x, dtype=float), float(found.fun)
    edge = tuple(int(i) for i in np.flatnonzero((point <= low + 1e-6) | (point >= high - 1e-6)))
    curvature = hessian(objective, point)
    for _ in range(0 if edge else MOST_NEWTON_STEPS):
        step = inverse_curvature(curvature, most=LONGEST_STEP) @ objective(point)[1]
        if np.max(np.abs(step)) < 1e-7:
            break
        candidate = np.clip(point - step, low, high)
        after = objective(candidate)[0]
        if not after <= value:
            break
        point, value = candidate, after
        curvature = hessian(objective, point)
    slope = float(np.max(np.abs(np.delete(objective(point)[1], list(edge))), initial=0.0))
    # a slope of 1e-4 of one observation's worth moves no reported digit
    return Optimum(
        point, value, inverse_curvature(curvature, most=LONGEST_STEP), slope < 1e-4 * max(1.0, abs(value)), edge
    )


def polish(objective: ValueAndGradient, rough: Optimum, low: float, high: float) -> Optimum:
    """Carry the minimum of a function much like this one over to this one: Newton steps on the other's curvature.

    Each step costs one look at the function and leaves as small a share of the distance as the curvatures differ by.
    """
    if rough.at_bound:
        return minimise(objective, rough.point, low, high)
    with one_thread():
        point = rough.point
        value, slope = objective(point)
        for _ in range(MOST_NEWTON_STEPS):
            step = rough.covariance @ slope
            if np.max(np.abs(step)) < 1e-7:
                break
            candidate = np.clip(point - step, low, high)
            after, slope_after = objective(candidate)
            if not after <= value:
                return minimise(objective, point, low, high)
            point, value, slope = candidate, after, slope_after
    settled = float(np.max(np.abs(slope))) < 1e-4 * max(1.0, abs(value))
    return Optimum(point, value, rough.covariance, rough.converged and settled, ())


def hessian(objective: ValueAndGradient, point: Vector, step: float = 1e-4) -> NDArray[np.float64]:
    """Differentiate the gradient by central differences and make the result symmetric."""
    rows = []
    for i in range(len(point)):
        move = np.zeros(len(point))
        move[i] = step
        rows.append((objective(point + move)[1] - objective(point - move)[1]) / (2 * step))
    matrix = np.array(rows)
    return (matrix + matrix.T) / 2


def inverse_curvature(curvature: NDArray[np.float64], most: float) -> NDArray[np.float64]:
    """Invert a curvature matrix; flat or wrongly curved directions get no more than ``most``."""
    values, vectors = np.linalg.eigh(curvature)
    return np.asarray((vectors * np.minimum(1 / np.maximum(values, 1e-12), most)) @ vectors.T)


def beta_nodes(a: Vector, b: Vector, count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return nodes and weights that integrate smooth functions over Beta(a, b) distributions, a row for each.

    Golub and Welsch (1969): eigenvalues of the Jacobi matrix. Weights sum to one, so no gamma function overflows.
    """
    n = np.arange(1, count, dtype=float)
    left, right = (a - 1)[:, None], (b - 1)[:, None]
    total = left + right
    diagonal = np.empty((len(a), count))
    diagonal[:, :1] = (left - right) / (total + 2)
    diagonal[:, 1:] = (left - right) * total / ((2 * n + total) * (2 * n + total + 2))
    off = np.empty((len(a), count - 1))
    off[:, :1] = 4 * (1 + left) * (1 + right) / ((2 + total) ** 2 * (3 + total))
    m = n[1:]
    off[:, 1:] = 4 * m * (m + left) * (m + right) * (m + total)
    off[:, 1:] /= (2 * m + total) ** 2 * (2 * m + total + 1) * (2 * m + total - 1)
    matrix = np.zeros((len(a), count, count))
    at = np.arange(count)
    matrix[:, at, at] = diagonal
    matrix[:, at[1:], at[:-1]] = matrix[:, at[:-1], at[1:]] = np.sqrt(np.maximum(off, 0))
    with one_thread():
        nodes, vectors = np.linalg.eigh(matrix)
    return np.clip((nodes + 1) / 2, 1e-15, 1.0), vectors[:, 0, :] ** 2


def logit(probability: ArrayLike) -> Vector:
    """Return log-odds, finite even for probabilities of zero and one."""
    return np.asarray(special.logit(np.clip(probability, 1e-12, 1 - 1e-12)), dtype=float)


def expit(score: ArrayLike) -> Vector:
    """Return the probability of log-odds without overflow."""
    return np.asarray(special.expit(score), dtype=float)


_BAD_NUMBERS = Text(
    "'{name}' must be a flat list of finite numbers, none below zero.", "“{name}” 必须是一维、有限且不小于零的数。"
)
_BAD_LENGTHS = Text("{names} must have the same length.", "{names} 的长度必须相同。")
