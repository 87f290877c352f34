"""How the same way of teaching would have done at earlier instants: the series the model page draws over time."""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from tenure.models.evaluation import log_loss, roc_auc
from tenure.risk.teaching.churn_model import SIMPLE, Rung, fit
from tenure.risk.teaching.exam import Json, examine, known
from tenure.risk.teaching.lessons import Lessons
from tenure.risk.teaching.periods import Periods

MOST_ORIGINS = 4
MOST_ROWS = 700  # of each lesson are learned from: the series shows change over time, not the last digit
LEAST_ROWS = 200
LEAST_OF_EACH = 20


@dataclass(frozen=True)
class Way:
    """A way of teaching: which kind of model, on which features, beside which plain one."""

    rung: Rung
    features: tuple[str, ...]
    recency: tuple[str, ...]


def back_test(lessons: Lessons, periods: Periods, way: Way) -> list[Json]:
    """Teach at each of the last origins by what was known then, and judge by what followed; oldest first."""
    series = []
    for origin in periods.instants[:MOST_ORIGINS]:
        known_then, judged = lessons.of(periods.before(origin), MOST_ROWS), lessons.of((origin,))
        if len(known_then) < LEAST_ROWS or min(known_then.least(), judged.least()) < LEAST_OF_EACH:
            continue
        series.append(_at(origin, known_then, judged, way))
    return series[::-1]


def _at(origin: datetime, learned: Lessons, judged: Lessons, way: Way) -> Json:
    model, plain = fit(way.rung, learned, way.features), fit(SIMPLE, learned, way.recency)
    chance, by_recency = (one.probability(judged.table, origin) for one in (model, plain))
    exam = examine(judged.churned, chance, by_recency)
    return {
        "at": origin.replace(tzinfo=UTC).isoformat(),
        "n": len(judged),
        "base_rate": float(judged.churned.mean()),
        "auc": exam.report.auc.value,
        "auc_error": known(exam.report.auc.standard_error),
        "auc_recency": roc_auc(judged.churned, by_recency).value,
        "log_loss": exam.report.log_loss.value,
        "log_loss_error": known(exam.report.log_loss.standard_error),
        "log_loss_recency": log_loss(judged.churned, by_recency).value,
        "ece": exam.report.ece,
        "slope": known(exam.slope.value),
        "slope_error": known(exam.slope.standard_error),
        "lift_top_decile": known(exam.lift_top_decile),
    }


def spread_of_loss(series: list[Json]) -> tuple[float, float] | None:
    """Return the mean and standard deviation of the log loss per origin, relative to that of the base rate alone."""
    relative = [relative_loss(float(str(row["log_loss"])), float(str(row["base_rate"]))) for row in series]
    return (float(np.mean(relative)), float(np.std(relative, ddof=1))) if len(relative) > 2 else None


def relative_loss(log_loss: float, base_rate: float) -> float:
    """Return a log loss relative to that of knowing the base rate alone: seasons of many leavers are no fault of the model."""
    p = min(max(base_rate, 1e-9), 1 - 1e-9)
    return float(log_loss / -(p * np.log(p) + (1 - p) * np.log(1 - p)))
