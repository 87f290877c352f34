"""Which model scores from now on: pure rules over the candidates' gates and the present model's figures on the same exam."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tenure.kit.i18n import Text
from tenure.models.base import Vector
from tenure.models.evaluation import Estimate
from tenure.risk.teaching.exam import Json, examine, loss_difference
from tenure.risk.teaching.gates import calibration_gate
from tenure.risk.teaching.teacher import Candidate, Course


@dataclass(frozen=True)
class Present:
    """The model in use: ``foretold`` is its word on the exam, None where it has seen the exam's outcome.

    ``obsolete`` says why it may not stay whatever it can: what it was taught is no longer so.
    """

    name: str
    as_of: datetime
    foretold: Vector | None
    obsolete: Text | None = None


@dataclass(frozen=True)
class Verdict:
    """Who scores: the winner, or None when the present model stays; why; and the figures it was decided on."""

    winner: Candidate | None
    reasons: tuple[Text, ...]
    figures: Json


def decide(course: Course, present: Present | None) -> Verdict:
    """Decide between the rich candidate, the simple one and the present model."""
    rich = course.rich
    figures: Json = {"gates": [gate.told() for gate in rich.gates]}
    if not rich.passed:
        return _without_rich(course, present, figures)
    if present is None:
        return Verdict(rich, (_FIRST,), figures)
    if present.obsolete is not None:
        return Verdict(rich, (present.obsolete,), figures)
    if present.foretold is None:
        day = f"{present.as_of + course.periods.outcome + timedelta(days=1):%Y-%m-%d}"
        return Verdict(None, (_TOO_EARLY.fill(day=day),), figures)
    gain = loss_difference(course.judged.churned, present.foretold, rich.foretold)
    figures |= {"loss_gain": gain.value, "loss_gain_error": gain.standard_error}
    return _contest(course, present.foretold, gain, figures)


def _contest(course: Course, foretold: Vector, gain: Estimate, figures: Json) -> Verdict:
    """Let the challenger and the present model be judged on the same customers, whom neither had seen leave."""
    said = {"gain": f"{gain.value:+.4f}", "error": f"{gain.standard_error:.4f}"}
    if gain.value > gain.standard_error:
        return Verdict(course.rich, (_BETTER.fill(**said),), figures)
    gate = calibration_gate(examine(course.judged.churned, foretold))
    if not gate.passed and gain.value > -gain.standard_error:
        return Verdict(course.rich, (_PRESENT_FAILS, gate.text), figures)
    return Verdict(None, (_NO_BETTER.fill(**said),), figures)


def _without_rich(course: Course, present: Present | None, figures: Json) -> Verdict:
    failed = tuple(gate.text for gate in course.rich.gates if not gate.passed)
    if present is not None and present.obsolete is None:
        return Verdict(None, (*failed, _STAYS), figures)
    return Verdict(course.simple, (*failed, _SIMPLER), figures)


_FIRST = Text(
    "It passed every gate and is the first model of this definition of leaving.",
    "通过全部检验，是该流失定义下的首个模型。",
)
_BETTER = Text(
    "It passed every gate and beats the present model on the last complete period (log loss {gain} less, standard "
    "error {error}).",
    "通过全部检验，并在最近一个完整周期上优于现用模型（对数损失降低 {gain}，标准误 {error}）。",
)
_NO_BETTER = Text(
    "It passed every gate but is no better than the present model on the last complete period (log loss {gain} less, "
    "standard error {error}); the present one stays.",
    "通过全部检验，但在最近一个完整周期上并不优于现用模型（对数损失降低 {gain}，标准误 {error}），继续使用现用模型。",
)
_PRESENT_FAILS = Text(
    "It passed every gate; the present model no longer passes the calibration gate:",
    "通过全部检验；现用模型已不再通过校准检验：",
)
_TOO_EARLY = Text(
    "It passed every gate, but the present model has already seen the last complete period, so the two cannot be "
    "compared fairly before {day}; the present one stays.",
    "通过全部检验，但现用模型已见过最近一个完整周期，{day} 之前无法公平比较，继续使用现用模型。",
)
_STAYS = Text("The present model stays in use.", "继续使用现用模型。")
_SIMPLER = Text("The simpler model, recency alone, is used instead.", "因此采用更简单的模型：仅看最近一次。")
