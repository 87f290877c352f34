"""Teaches candidates on earlier periods and judges them on the last one: the blend of all models, and recency alone."""

from dataclasses import dataclass, replace
from datetime import datetime

from tenure.features import leakage
from tenure.features.attributes import PREFIX
from tenure.features.leakage import Finding
from tenure.kit.i18n import Text
from tenure.models.base import Vector, expit
from tenure.models.churn.classifier import ChurnClassifier
from tenure.models.evaluation import auc_difference
from tenure.risk.definition import Leaving
from tenure.risk.teaching import lessons as teaching_lessons
from tenure.risk.teaching.backtest import Way
from tenure.risk.teaching.boldness import Boldness, learn_boldness
from tenure.risk.teaching.churn_model import BLEND, RECENCY, RUNGS, SIMPLE, STEADY, ChurnModel, Rung, fit, informative
from tenure.risk.teaching.exam import Exam, Json, examine
from tenure.risk.teaching.gates import Gate, gates
from tenure.risk.teaching.lessons import MOST_ROWS, Lessons
from tenure.risk.teaching.periods import MOST_LESSONS, Periods
from tenure.warehouse.history import History

LEAST_OF_EACH = 50  # leavers and stayers in the lessons; with fewer, a model learns names, not reasons
MOST_FREE = 1_500  # rows of each lesson the free blend learns from: lines and networks are slow on very many columns
MOST_PAID = 0.002  # of AUC, for a risk that never falls with a longer silence or one more complaint
LEAST_IN_EXAM = 20  # of each: below, its AUC is known no better than ± .1


@dataclass(frozen=True)
class Candidate:
    """A model that could score customers: taught on all periods, judged by its twin that had not seen the last one."""

    rung: Rung
    model: ChurnModel
    foretold: Vector
    exam: Exam
    gates: tuple[Gate, ...]

    @property
    def passed(self) -> bool:
        """Say whether every gate is passed."""
        return all(gate.passed for gate in self.gates)


@dataclass(frozen=True)
class Course:
    """One course of teaching: what was learned from, who was judged at the exam, and the ladder's figures there."""

    lessons: Lessons
    periods: Periods
    exam_at: datetime
    judged: Lessons
    rich: Candidate
    simple: Candidate
    ladder: tuple[Json, ...]
    leaks: tuple[Finding, ...] = ()

    @property
    def way(self) -> Way:
        """Return how the rich candidate was taught, to do the same at earlier instants."""
        return Way(self.rich.rung, self.rich.model.features, self.simple.model.features)


def teach(history: History, leaving: Leaving) -> Course | Text:
    """Teach what leaving looks like in this workspace, or say why the data cannot carry a model."""
    periods = teaching_lessons.periods(history, leaving)
    if periods.exam is None or not periods.lessons:
        needed = leaving.window_days * 3
        return _TOO_SHORT.fill(days=leaving.span.length, needed=needed, window=leaving.window_days)
    every = teaching_lessons.read(history, leaving, periods.instants)
    train, judged = every.of(periods.lessons, MOST_ROWS), every.of((periods.exam,))
    if train.least() < LEAST_OF_EACH or judged.least() < LEAST_IN_EXAM:
        return _TOO_FEW.fill(least=train.least(), tested=judged.least(), needed=LEAST_OF_EACH, in_exam=LEAST_IN_EXAM)
    return _course(leaving, every, periods)


def _course(leaving: Leaving, every: Lessons, periods: Periods) -> Course:
    assert periods.exam is not None
    train, judged = every.of(periods.lessons, MOST_ROWS), every.of((periods.exam,))
    telling = _too_telling(train)
    left_out = {finding.about for finding in telling}
    names = tuple(name for name in informative(train.table) if name not in left_out)
    recency = (RECENCY[leaving.kind],)
    few = every.of(periods.lessons, MOST_FREE)
    plain, blend, steady = fit(SIMPLE, train, recency), fit(BLEND, few, names), fit(STEADY, train, names)
    by_recency, by_blend, by_steady = (one.probability(judged.table, periods.exam) for one in (plain, blend, steady))
    best, by_best = (STEADY, by_steady) if _worth(judged, by_steady, by_blend) else (BLEND, by_blend)
    simple_exam, rich_exam = examine(judged.churned, by_recency), examine(judged.churned, by_best, by_recency)
    found = (*telling, *_audited(train.without(left_out), judged.without(left_out), periods))
    leaks = tuple(one.text for one in found if one.severity == "block")
    whole = every.of(periods.instants[:MOST_LESSONS], MOST_ROWS)
    learned = whole if best is STEADY else every.of(periods.instants[:MOST_LESSONS], MOST_FREE)
    rich_model = fit(best, learned, names, _boldness(rich_exam, learned))
    rich = Candidate(best, rich_model, by_best, rich_exam, gates(rich_exam, leaks))
    simple_model = fit(SIMPLE, whole, recency, _boldness(simple_exam, whole))
    simple = Candidate(SIMPLE, simple_model, by_recency, simple_exam, gates(simple_exam, ()))
    ladder = [_rung(SIMPLE, judged, by_recency, by_recency)]
    ladder += [_rung(rung, judged, foretold, by_recency) for rung, foretold in _by_rung(blend, judged, periods.exam)]
    ladder += [_rung(BLEND, judged, by_blend, by_recency), _rung(STEADY, judged, by_steady, by_recency)]
    return Course(every, periods, periods.exam, judged, rich, simple, tuple(ladder), found)


def _boldness(exam: Exam, lessons: Lessons) -> Boldness:
    return learn_boldness(exam.slope, float(lessons.churned.mean()))


def _worth(judged: Lessons, steady: Vector, free: Vector) -> bool:
    """Say whether keeping to what people expect costs little enough: the free blend is hardly better in the exam."""
    return bool(auc_difference(judged.churned, free, steady).value <= MOST_PAID)


def _too_telling(train: Lessons) -> tuple[Finding, ...]:
    """Find a workspace's own attributes that know the outcome, such as a status set when somebody leaves.

    They are left out and told as a warning: nobody vouches for them, as features do for the catalog.
    """
    part = train.part()
    own = {name: values for name, values in part.columns.items() if name.startswith(PREFIX)}
    found = leakage.too_telling(own, part.outcome)
    return tuple(replace(one, severity="warn", text=_LEFT_OUT.fill(found=one.text)) for one in found)


def _audited(train: Lessons, judged: Lessons, periods: Periods) -> tuple[Finding, ...]:
    """Look for what the lessons may know that the day a model is used on will not.

    The same customer stands in lessons of several dates and in the exam, as in earnest: a model taught today scores
    those it was taught on. What must not be shared is a customer at one instant, and what must not overlap is time:
    every lesson's window has to be over when the exam's begins.
    """
    assert periods.exam is not None
    return tuple(leakage.audit(train.part(), judged.part(), judged.share(periods.exam), periods.outcome))


def _by_rung(blend: ChurnModel, judged: Lessons, moment: datetime) -> list[tuple[Rung, Vector]]:
    """Return what each rung of the blend says by itself; one that added nothing in practice is not among them."""
    assert isinstance(blend.model, ChurnClassifier)
    said = blend.model.by_rung(blend.read(judged.table))
    shift = blend.season.offset(moment)
    return [(rung, expit(said[rung.part] + shift)) for rung in RUNGS if rung.part in said]


def _rung(rung: Rung, judged: Lessons, foretold: Vector, by_recency: Vector) -> Json:
    told = examine(judged.churned, foretold, by_recency).told()
    figures = ("auc", "auc_error", "gain", "gain_error", "log_loss", "log_loss_error", "ece", "slope", "slope_error")
    return {"name": rung.name, "label": vars(rung.label), **{name: told[name] for name in figures}}


_LEFT_OUT = Text("{found} The model does without it.", "{found}模型不使用该属性。")
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
