"""How a score did on customers and times it had not seen: every figure of a test, as the model page tells it."""

from dataclasses import asdict, dataclass

import numpy as np

from tenure.models.base import Vector
from tenure.models.calibration_line import calibration_line, error_by_chance
from tenure.models.evaluation import Estimate, ScoreReport, auc_difference, evaluate, log_losses, roc_auc
from tenure.models.gain_curve import gain_curve, lift

Json = dict[str, object]


@dataclass(frozen=True)
class Exam:
    """The figures of one test, beside those of recency alone where there is time to be recent in."""

    report: ScoreReport
    slope: Estimate
    offset: Estimate
    ece_by_chance: float
    lift_top_decile: float
    gain_curve: tuple[Json, ...]
    auc_recency: float | None
    gain: Estimate | None

    def told(self) -> Json:
        """Tell the test as JSON."""
        report = self.report
        return {
            "n": report.n,
            "base_rate": report.base_rate,
            "auc": report.auc.value,
            "auc_error": known(report.auc.standard_error),
            "auc_recency": self.auc_recency,
            "gain": None if self.gain is None else self.gain.value,
            "gain_error": None if self.gain is None else known(self.gain.standard_error),
            "log_loss": report.log_loss.value,
            "log_loss_error": known(report.log_loss.standard_error),
            "brier": report.brier,
            "ece": report.ece,
            "ece_by_chance": self.ece_by_chance,
            "slope": known(self.slope.value),
            "slope_error": known(self.slope.standard_error),
            "offset": known(self.offset.value),
            "offset_error": known(self.offset.standard_error),
            "lift_top_decile": known(self.lift_top_decile),
            "calibration": [vars(step) for step in report.calibration],
            "gain_curve": list(self.gain_curve),
        }


def examine(outcome: np.ndarray, probability: Vector, by_recency: Vector | None = None) -> Exam:
    """Judge probabilities by what happened."""
    line = calibration_line(outcome, probability)
    return Exam(
        report=evaluate(outcome, probability),
        slope=line.slope,
        offset=line.offset,
        ece_by_chance=error_by_chance(probability),
        lift_top_decile=lift(outcome, probability),
        gain_curve=tuple(asdict(point) for point in gain_curve(outcome, probability)),
        auc_recency=None if by_recency is None else roc_auc(outcome, by_recency).value,
        gain=None if by_recency is None else auc_difference(outcome, probability, by_recency),
    )


def loss_difference(outcome: np.ndarray, first: Vector, second: Vector) -> Estimate:
    """Return how much larger the log loss of the first score is on the same customers, with its standard error."""
    losses = log_losses(outcome, first) - log_losses(outcome, second)
    error = losses.std(ddof=1) / np.sqrt(len(losses)) if len(losses) > 1 else float("nan")
    return Estimate(float(losses.mean()), float(error))


def known(value: float) -> float | None:
    """Return a number as JSON knows it: NaN is null."""
    return value if np.isfinite(value) else None
