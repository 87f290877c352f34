"""Discrete-time hazards: the chance of leaving in each period, for those still there (Allison 1982)."""

from collections.abc import Iterator
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

from tenure.kit.i18n import Text
from tenure.models.base import DegenerateData, UnusableInput, Vector, vector, warn
from tenure.models.survival.hazard_model import HazardModel, Matrix, climb
from tenure.models.survival.risk_sets import Spells

LOGIT, CLOGLOG = "logit", "cloglog"
FLOOR = 1e-12  # chances are kept this far from certainty


class DiscreteHazard(HazardModel):
    """Chance of leaving in the t-th period, for a customer still there: link(h_t) = baseline_t + xβ.

    With "logit" the odds of leaving are proportional; "cloglog" is Cox's model seen period by period, with the same
    coefficients. A row is under watch in periods ``entry`` + 1 to ``tenure`` and only those count, so late entry is
    right in coefficients and curves; a customer may have several rows, with different columns in different periods.
    Neighbouring periods share a baseline until it holds ``min_events`` losses. Person-periods are never laid out:
    customers who are in the same step leave or stay with the same chance in each of its periods, so they are counted.

    Learned: see ``HazardModel``; ``log_likelihood_``, ``baseline_`` (on the scale of the link, at average columns) of
    the steps that end with the periods ``step_ends_``.
    """

    def __init__(self, link: str = LOGIT, min_events: int = 5) -> None:
        self.link = link
        self.min_events = min_events

    def fit(
        self, X: pd.DataFrame | ArrayLike, tenure: ArrayLike, lost: ArrayLike, entry: ArrayLike | None = None
    ) -> Self:
        """Learn from how many periods each row came through (the one it left in included) and whether it left."""
        spells = Spells.checked(tenure, lost, np.zeros(len(np.atleast_1d(tenure))) if entry is None else entry)
        whole = np.all(spells.end == np.floor(spells.end)) and np.all(spells.start == np.floor(spells.start))
        if self.link not in (LOGIT, CLOGLOG) or not whole or np.any(spells.happened & (spells.start >= spells.end)):
            raise UnusableInput(_NOT_PERIODS)
        columns, scale = self._learn_columns(X)
        if len(columns) != len(spells.end):
            raise UnusableInput(_NOT_PERIODS)
        self.step_ends_ = _steps(spells, self.min_events)
        self.identified_ = bool(spells.happened.any())
        if not self.identified_:
            return self._stand_in(float((spells.end - spells.start).sum()), scale)
        problem = _Periods(spells, columns, self.step_ends_, self.link)
        start = np.concatenate([problem.starting(), np.zeros(columns.shape[1])])
        point, self.log_likelihood_, covariance = climb(problem.height, problem.slopes, start)
        steps = len(self.step_ends_)
        self.baseline_ = point[:steps]
        self._set_coefficients(point[steps:], covariance[steps:, steps:], scale)
        return self

    def hazard(self, X: pd.DataFrame | ArrayLike, periods: ArrayLike) -> Matrix:
        """Return the chance of leaving in each of the ``periods``: a row per customer, a column per period.

        Beyond the last period seen the last step goes on.
        """
        ratio, period = self.log_hazard_ratio(X), vector("periods", periods)
        return chance(self.link, np.add(self._baseline(period), ratio[:, None]))

    def survival(self, X: pd.DataFrame | ArrayLike, periods: int, since: ArrayLike | None = None) -> Matrix:
        """Return the chance of staying through the next 1, 2, … ``periods``, a column each.

        ``since`` is how many periods each customer has come through already; none when left out.
        """
        ratio = self.log_hazard_ratio(X)
        now = np.zeros(len(ratio)) if since is None else vector("since", since)
        if len(now) != len(ratio):
            raise UnusableInput(_NOT_PERIODS)
        period = now[:, None] + np.arange(1, periods + 1)
        stays = 1 - chance(self.link, self._baseline(period) + ratio[:, None])
        return np.cumprod(stays, axis=1, dtype=np.float64)

    def _baseline(self, period: NDArray[np.float64]) -> NDArray[np.float64]:
        step = np.minimum(np.searchsorted(self.step_ends_, period, side="left"), len(self.step_ends_) - 1)
        return np.asarray(self.baseline_[step])

    def _stand_in(self, watched: float, scale: Vector) -> Self:
        """Where nobody was lost, act as if half a customer had been."""
        warn(DegenerateData, "Nobody was seen to leave, so the chance of leaving is put near zero for all.")
        rate = 0.5 / (watched + 1)
        self.baseline_ = np.array([np.log(rate / (1 - rate)) if self.link == LOGIT else np.log(-np.log1p(-rate))])
        self.log_likelihood_ = float("nan")
        used = int((scale > 0).sum())
        self._set_coefficients(np.zeros(used), np.zeros((used, used)), scale)
        return self


def chance(link: str, score: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the chance of leaving at a score, never quite certain."""
    plain: NDArray[np.float64] = expit(score) if link == LOGIT else -np.expm1(-np.exp(np.minimum(score, 30.0)))
    return np.clip(plain, FLOOR, 1 - FLOOR)


def _steps(spells: Spells, least: int) -> Vector:
    """Return the periods with which steps of the baseline end: each holds at least so many losses, or all there are."""
    last = int(spells.end.max(initial=1.0))
    losses = np.bincount(spells.end[spells.happened].astype(np.int64), minlength=last + 1)
    ends, held = [], 0
    for period in range(1, last + 1):
        held += int(losses[period])
        if held >= max(least, 1):
            ends.append(period)
            held = 0
    if not ends or held:
        ends = [*ends[:-1], last] if ends else [last]
    return np.array(ends, dtype=np.float64)


class _Periods:
    """Log-likelihood of all periods, its gradient and information, a step of the baseline at a time.

    The matrix of second slopes has a diagonal block for the steps, so it costs no more than the columns squared.
    """

    def __init__(self, spells: Spells, columns: Matrix, step_ends: Vector, link: str) -> None:
        self.spells, self.columns, self.link = spells, columns, link
        self.bounds = list(zip([0.0, *step_ends[:-1]], step_ends, strict=True))
        # who is under watch in each step is all that is kept: what they do in it is worked out when it is needed
        self.rows = [
            np.flatnonzero(np.minimum(spells.end, end) > np.maximum(spells.start, begin)).astype(np.int32)
            for begin, end in self.bounds
        ]

    def starting(self) -> Vector:
        """Return the baseline at which each step has the chance that was seen in it."""
        shares = [left.sum() / through.sum() for _, through, left in self._watched()]
        seen: Vector = np.clip(np.array(shares, dtype=np.float64), 1e-6, 1 - 1e-6)
        return np.log(seen / (1 - seen)) if self.link == LOGIT else np.log(-np.log1p(-seen))

    def height(self, point: Vector) -> float:
        """Return the log-likelihood."""
        total = 0.0
        for h, through, left, _ in self._chances(point):
            total += float(np.dot(left, np.log(h)) + np.dot(through - left, np.log1p(-h)))
        return total

    def slopes(self, point: Vector) -> tuple[Vector, Matrix]:
        """Return the gradient and the expected information."""
        size, steps = len(point), len(self.rows)
        gradient, information = np.zeros(size), np.zeros((size, size))
        for i, (h, through, left, rows) in enumerate(self._chances(point)):
            # by link: dh/dη, from which both parts follow
            steep = h * (1 - h) if self.link == LOGIT else -(1 - h) * np.log1p(-h)
            pull = (left - through * h) * steep / (h * (1 - h))
            weight = through * steep**2 / (h * (1 - h))
            x = self.columns[rows]
            gradient[i] += pull.sum()
            gradient[steps:] += pull @ x
            information[i, i] += weight.sum()
            information[i, steps:] += weight @ x
            information[steps:, steps:] += (weight[:, None] * x).T @ x
        information[steps:, :steps] = information[:steps, steps:].T
        return gradient, information

    def _watched(self) -> Iterator[tuple[NDArray[np.int32], Vector, Vector]]:
        """Yield, step by step, who is under watch, through how many of its periods, and whether they left in it."""
        for (begin, end), rows in zip(self.bounds, self.rows, strict=True):
            ends = self.spells.end[rows]
            through = np.minimum(ends, end) - np.maximum(self.spells.start[rows], begin)
            yield rows, through, (self.spells.happened[rows] & (ends <= end)).astype(np.float64)

    def _chances(self, point: Vector) -> Iterator[tuple[Vector, Vector, Vector, NDArray[np.int32]]]:
        score = self.columns @ point[len(self.rows) :]
        for i, (rows, through, left) in enumerate(self._watched()):
            yield chance(self.link, point[i] + score[rows]), through, left, rows


_NOT_PERIODS = Text(
    "tenure and entry count whole periods, a row each; who left was there in the last; link is logit or cloglog.",
    "tenure 和 entry 为整数期数，每行一个；流失者在最后一期仍在；link 为 logit 或 cloglog。",
)
