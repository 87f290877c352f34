"""Teaches the churn model on earlier periods, tests it on the last one, and keeps the simpler one when it wins nothing."""

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tenure.kit.i18n import Text
from tenure.models.base import ModelWarning
from tenure.models.churn.logistic import ChurnLogistic
from tenure.models.evaluation import ScoreReport, auc_difference, evaluate, roc_auc
from tenure.risk import lessons
from tenure.risk.definition import Leaving
from tenure.risk.factors import BY_FEATURE
from tenure.risk.lessons import Lessons
from tenure.warehouse.history import History

LEAST_OF_EACH = 50  # leavers and stayers in the lessons; with fewer, a model learns names, not reasons
LEAST_IN_EXAM = 20  # of each: below, its AUC is known no better than ± .1
MOST_ROWS = 15_000  # more change the exam by less than its standard error and cost seconds
SUSPICIOUS_AUC = 0.95  # nothing human is this predictable: look for a feature that knows the future
RECENCY = {"purchases": "days_since_purchase", "visits": "days_since_visit", "subscriptions": "subscription_days"}


@dataclass(frozen=True)
class Taught:
    """A model ready to score, and what has to be said about it; without a model, why there is none.

    ``exam`` is how it did on the last complete period beside recency alone, as the predictions page tells it.
    """

    name: str
    model: ChurnLogistic | None
    features: tuple[str, ...]
    exam: dict[str, object] | None
    notes: tuple[Text, ...]


def teach(history: History, leaving: Leaving) -> Taught:
    """Teach a model what leaving looks like in this workspace, or say why the data cannot carry one."""
    if leaving.kind in ("flag", "nothing"):
        return Taught("none", None, (), None, ())
    practice = lessons.periods(history, leaving)
    if practice.exam is None or not practice.lessons:
        needed = leaving.window_days * 3
        return _untaught(_TOO_SHORT.fill(days=leaving.span.length, needed=needed, window=leaving.window_days))
    lake, zone = history.lake, history.zone
    train = lessons.at(lake, zone, leaving, practice.lessons, practice.exam)
    exam = lessons.at(lake, zone, leaving, (practice.exam,), history.as_of)
    least, tested = _least(train), _least(exam)
    if least < LEAST_OF_EACH or tested < LEAST_IN_EXAM:
        return _untaught(_TOO_FEW.fill(least=least, tested=tested, needed=LEAST_OF_EACH, in_exam=LEAST_IN_EXAM))
    return _taught(leaving, train, exam)


def frame(columns: dict[str, np.ndarray], names: tuple[str, ...]) -> pd.DataFrame:
    """Return some features as the table a model reads."""
    return pd.DataFrame({name: columns[name] for name in names})


def _taught(leaving: Leaving, train: Lessons, exam: Lessons) -> Taught:
    recency = (RECENCY[leaving.kind],)
    names = _informative(train)
    rich, plain = _fit(train, names), _fit(train, recency)
    foretold, by_recency = (_leaving(model, exam, on) for model, on in ((rich, names), (plain, recency)))
    gain = auc_difference(exam.churned, foretold, by_recency)
    better = gain.value > gain.standard_error
    chosen, foretold = (names, foretold) if better else (recency, by_recency)
    report = evaluate(exam.churned, foretold)
    judged = told(report) | {
        "auc_recency": roc_auc(exam.churned, by_recency).value,
        "gain": gain.value,
        "gain_error": gain.standard_error,
    }
    notes = [] if better else [_NO_GAIN.fill(gain=f"{gain.value:.3f}", error=f"{gain.standard_error:.3f}")]
    if report.auc.value > SUSPICIOUS_AUC:
        notes.append(_TOO_GOOD.fill(auc=f"{report.auc.value:.3f}"))
    both = Lessons(
        {name: np.concatenate([train.columns[name], exam.columns[name]]) for name in chosen},
        np.concatenate([train.churned, exam.churned]),
        np.concatenate([train.instant, exam.instant]),
    )
    return Taught("logistic" if better else "recency", _fit(both, chosen), chosen, judged, (*notes, _REFITTED))


def told(report: ScoreReport) -> dict[str, object]:
    """Tell a test as JSON."""
    return {
        "n": report.n,
        "base_rate": report.base_rate,
        "auc": report.auc.value,
        "auc_error": report.auc.standard_error,
        "log_loss": report.log_loss.value,
        "brier": report.brier,
        "ece": report.ece,
        "calibration": [vars(step) for step in report.calibration],
    }


def _fit(rows: Lessons, names: tuple[str, ...]) -> ChurnLogistic:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ModelWarning)  # what little data means is judged before
        return ChurnLogistic(max_rows=MOST_ROWS).fit(frame(rows.columns, names), rows.churned.astype(np.int64))


def _leaving(model: ChurnLogistic, rows: Lessons, names: tuple[str, ...]) -> np.ndarray:
    return np.asarray(model.predict_proba(frame(rows.columns, names))[:, 1])


def _informative(rows: Lessons) -> tuple[str, ...]:
    """Return the features whose values differ between customers; who merely lacks one tells no story of its own."""
    return tuple(name for name in BY_FEATURE if _differs(rows.columns[name]))


def _differs(values: np.ndarray) -> bool:
    known = values[np.isfinite(values)]
    return len(known) > 0 and bool(np.ptp(known) > 0)


def _least(rows: Lessons) -> int:
    gone = int(rows.churned.sum())
    return min(gone, len(rows) - gone)


def _untaught(note: Text) -> Taught:
    return Taught("silence", None, (), None, (note,))


_TOO_SHORT = Text(
    "The history of {days} days is too short to teach and test a model for a window of {window} days (about {needed} "
    "are needed); risk follows the length of the silence alone.",
    "历史仅 {days} 天，不足以针对 {window} 天窗口训练并检验模型（约需 {needed} 天）；流失风险仅依据静默时长估计。",
)
_TOO_FEW = Text(
    "Too few customers left or stayed to learn from: {least} of the rarer kind to learn from ({needed} are needed) and "
    "{tested} to test with ({in_exam} are needed); risk follows the length of the silence alone.",
    "可供学习的流失或留存客户太少：较少一类训练样本 {least} 个（需 {needed} 个），检验样本 {tested} 个（需 {in_exam} 个）；"
    "流失风险仅依据静默时长估计。",
)
_NO_GAIN = Text(
    "All features together rank leavers no better than recency alone (AUC {gain} more, standard error {error}), so the "
    "simpler model is used.",
    "综合全部特征对流失客户的排序并不优于仅看最近一次（AUC 仅高 {gain}，标准误 {error}），因此采用更简单的模型。",
)
_TOO_GOOD = Text(
    "An AUC of {auc} is too good to be true: some column probably knows the outcome.",
    "AUC 高达 {auc}，好得不真实：很可能有某列提前包含了结果。",
)
_REFITTED = Text(
    "The test figures are of a model that had not seen the last period; the one in use was then fitted on all periods.",
    "检验指标来自未见过最后一期数据的模型；实际使用的模型随后以全部时期重新拟合。",
)
