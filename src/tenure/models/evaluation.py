"""How good a score is: ranking with its standard error, log loss, calibration, and differences between two scores."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri
from scipy.stats import rankdata

from tenure.kit.i18n import Text
from tenure.models.base import UnusableInput, Vector, same_length

BINS = 10


@dataclass(frozen=True)
class Estimate:
    """A number with its standard error."""

    value: float
    standard_error: float

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Return the normal-approximation interval."""
        reach = float(ndtri((1 + level) / 2)) * self.standard_error
        return self.value - reach, self.value + reach

    @property
    def p_value(self) -> float:
        """The two-sided chance of a value at least this far from zero if the truth were zero."""
        if self.standard_error == 0:
            return 1.0 if self.value == 0 else 0.0
        return float(2 * ndtr(-abs(self.value) / self.standard_error))


@dataclass(frozen=True)
class CalibrationBin:
    """Customers with neighbouring scores: what was predicted, what happened, how many they were."""

    predicted: float
    observed: float
    n: int


@dataclass(frozen=True)
class ScoreReport:
    """The test of a probability on customers whose outcome is known."""

    n: int
    base_rate: float
    auc: Estimate
    log_loss: Estimate
    brier: float
    ece: float
    calibration: tuple[CalibrationBin, ...]


def evaluate(outcome: ArrayLike, probability: ArrayLike) -> ScoreReport:
    """Test probabilities against outcomes (0 or 1)."""
    y, p = _pair(outcome, probability)
    return ScoreReport(
        n=len(y),
        base_rate=float(y.mean()),
        auc=roc_auc(y, p),
        log_loss=log_loss(y, p),
        brier=float(np.mean((p - y) ** 2)),
        ece=expected_calibration_error(y, p),
        calibration=calibration_table(y, p),
    )


def roc_auc(outcome: ArrayLike, score: ArrayLike) -> Estimate:
    """Return the chance that a positive outranks a negative, ties half, with DeLong's standard error."""
    y, s = _pair(outcome, score)
    value, up, down = _placements(y, s)
    return Estimate(value, _spread(up, down))


def auc_difference(outcome: ArrayLike, first: ArrayLike, second: ArrayLike) -> Estimate:
    """Return AUC(first) − AUC(second) on the same customers, with the standard error of the difference."""
    y, one = _pair(outcome, first)
    _, two = _pair(outcome, second)
    (value_one, up_one, down_one), (value_two, up_two, down_two) = _placements(y, one), _placements(y, two)
    return Estimate(value_one - value_two, _spread(up_one - up_two, down_one - down_two))


def log_loss(outcome: ArrayLike, probability: ArrayLike) -> Estimate:
    """Return the mean negative log-likelihood per customer with its standard error."""
    losses = log_losses(outcome, probability)
    return Estimate(float(losses.mean()), _standard_error(losses))


def log_losses(outcome: ArrayLike, probability: ArrayLike) -> Vector:
    """Return the log loss of each customer; probabilities are kept 1e-12 away from certainty."""
    y, p = _pair(outcome, probability)
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -(y * np.log(p) + (1 - y) * np.log1p(-p))


def calibration_table(outcome: ArrayLike, probability: ArrayLike, bins: int = BINS) -> tuple[CalibrationBin, ...]:
    """Return predicted and observed rates in bins of equal count, lowest scores first; equal scores stay together."""
    y, p = _pair(outcome, probability)
    # middle ranks place ties in one bin, so that the table does not depend on the order of rows
    which = np.minimum((rankdata(p) - 0.5) * bins / len(p), bins - 1).astype(np.int64)
    n = np.bincount(which, minlength=bins)
    predicted, observed = np.bincount(which, p, bins), np.bincount(which, y, bins)
    return tuple(
        CalibrationBin(float(predicted[i] / n[i]), float(observed[i] / n[i]), int(n[i])) for i in np.flatnonzero(n)
    )


def expected_calibration_error(outcome: ArrayLike, probability: ArrayLike, bins: int = BINS) -> float:
    """Return the mean distance between predicted and observed rates over bins of equal count."""
    table = calibration_table(outcome, probability, bins)
    return sum(abs(bin.predicted - bin.observed) * bin.n for bin in table) / sum(bin.n for bin in table)


def _placements(y: Vector, s: Vector) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """For each positive the share of negatives it outranks, and for each negative the share of positives above it."""
    ranks = rankdata(s)
    positive = y > 0
    ups, downs = int(positive.sum()), int((~positive).sum())
    if ups == 0 or downs == 0:
        return float("nan"), np.full(ups, np.nan), np.full(downs, np.nan)
    up = (ranks[positive] - rankdata(s[positive])) / downs
    down = 1 - (ranks[~positive] - rankdata(s[~positive])) / ups
    return float(up.mean()), up, down


def _spread(up: Vector, down: Vector) -> float:
    return float(np.hypot(_standard_error(up), _standard_error(down)))


def _standard_error(values: Vector) -> float:
    return float(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else float("nan")


def _pair(outcome: ArrayLike, score: ArrayLike) -> tuple[Vector, Vector]:
    y, s = np.asarray(outcome, dtype=np.float64), np.asarray(score, dtype=np.float64)
    same_length(outcome=y, score=s)
    if not len(y) or not np.all((y == 0) | (y == 1)) or not np.all(np.isfinite(s)):
        raise UnusableInput(_BAD_PAIR)
    return y, s


_BAD_PAIR = Text(
    "Outcomes must be 0 or 1 and scores finite, at least one of each.", "结果必须为 0 或 1，分数必须有限且非空。"
)
