"""How a model in use does on outcomes that have become known since it was taught, and whether that is worse than expected.

Only matured outcomes are judged: a period counts once its window has passed, and only if it began after the model was
taught. Loss is taken relative to that of the base rate alone, because a season of many leavers is no fault of a model.
"""

from datetime import UTC, datetime, timedelta

import numpy as np

from tenure.risk.teaching.backtest import relative_loss, spread_of_loss
from tenure.risk.teaching.churn_model import ChurnModel
from tenure.risk.teaching.exam import Json, examine, known
from tenure.risk.teaching.lessons import Lessons

AGAIN_AFTER = timedelta(days=7)  # between judgements: neighbouring periods share most of their outcomes
WORSE = 2.0  # standard deviations of the back-test beyond its mean: one in forty by chance
LEAST_OF_EACH = 20


def judge(model: ChurnModel, judged: Lessons, report: Json, known_at: datetime) -> Json | None:
    """Judge a model on one matured period; None with too few leavers or stayers to tell."""
    if judged.least() < LEAST_OF_EACH:
        return None
    (at,) = {judged.at[place] for place in np.unique(judged.instant)}
    exam = examine(judged.churned, model.probability(judged.table, at))
    loss = relative_loss(exam.report.log_loss.value, exam.report.base_rate)
    return {
        "at": _iso(at),
        "known_at": _iso(known_at),
        "n": len(judged),
        "base_rate": exam.report.base_rate,
        "auc": exam.report.auc.value,
        "auc_error": known(exam.report.auc.standard_error),
        "log_loss": exam.report.log_loss.value,
        "relative_loss": loss,
        "ece": exam.report.ece,
        "slope": known(exam.slope.value),
        "slope_error": known(exam.slope.standard_error),
        "worse_than_expected": loss > most_expected(report),
    }


def most_expected(report: Json) -> float:
    """Return the relative loss beyond which a model is worse than its back-test, or else its exam, explains."""
    series, exam = report.get("back_test"), report.get("exam")
    spread = spread_of_loss(series) if isinstance(series, list) else None
    if spread is not None:
        return spread[0] + WORSE * spread[1]
    if not isinstance(exam, dict):
        return float("inf")
    base, loss = float(exam["base_rate"]), float(exam["log_loss"])
    return relative_loss(loss + WORSE * float(exam.get("log_loss_error") or 0.0), base)


def next_judgement(as_of: datetime, outcome: timedelta, judgements: list[Json]) -> datetime:
    """Return when the next period will have matured: one that began after the model was taught and after the last."""
    if not judgements:
        return as_of + outcome
    last = max(datetime.fromisoformat(str(one["at"])) for one in judgements).replace(tzinfo=None)
    return max(as_of, last + AGAIN_AFTER) + outcome


def _iso(moment: datetime) -> str:
    return moment.replace(tzinfo=UTC).isoformat()
