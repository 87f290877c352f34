"""What a model must show before it may score customers: pure rules, each with the sentence that says how it went."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from tenure.kit.i18n import Text
from tenure.models.calibration_line import meets
from tenure.risk.teaching.exam import Exam

SUSPICIOUS_AUC = 0.95  # nothing human is this predictable: look for a feature that knows the future
ECE_TOLERANCE = 0.03  # beyond what chance alone shows: three customers in a hundred told wrongly
SLOPES = (0.8, 1.25)  # a model a fifth too bold or too shy misprices what is at stake

Name = Literal["recency", "calibration", "leaks"]


@dataclass(frozen=True)
class Gate:
    """One gate: passed, or not, and why."""

    name: Name
    passed: bool
    text: Text

    def told(self) -> dict[str, object]:
        """Tell the gate as JSON."""
        return {"name": self.name, "passed": self.passed, "text": vars(self.text)}


def gates(exam: Exam, leaks: tuple[Text, ...]) -> tuple[Gate, ...]:
    """Judge a model by its exam and by the leaks an audit of its lessons found."""
    compared = () if exam.gain is None else (recency_gate(exam),)
    return (*compared, calibration_gate(exam), leak_gate(exam, leaks))


def recency_gate(exam: Exam) -> Gate:
    """A model must order customers better than recency alone, by more than the standard error of the difference."""
    assert exam.gain is not None
    gain, error = exam.gain.value, exam.gain.standard_error
    passed = bool(gain > error)
    words = _BETTER if passed else _NO_BETTER
    return Gate("recency", passed, words.fill(gain=f"{gain:+.3f}", error=f"{error:.3f}"))


def calibration_gate(exam: Exam) -> Gate:
    """Probabilities must be right on average and neither too bold nor too shy, as far as chance lets us see."""
    most = exam.ece_by_chance + ECE_TOLERANCE
    right = exam.report.ece <= most
    straight = not np.isfinite(exam.slope.value) or meets(exam.slope, *SLOPES)
    low, high = exam.slope.interval() if np.isfinite(exam.slope.value) else (float("nan"), float("nan"))
    facts = {
        "ece": f"{exam.report.ece:.3f}",
        "most": f"{most:.3f}",
        "slope": f"{exam.slope.value:.2f}",
        "low": f"{low:.2f}",
        "high": f"{high:.2f}",
    }
    words = _HONEST if right and straight else _TOO_FAR if not right else _CROOKED
    return Gate("calibration", right and straight, words.fill(**facts))


def leak_gate(exam: Exam, leaks: tuple[Text, ...]) -> Gate:
    """No feature may know the outcome."""
    auc = exam.report.auc.value
    if leaks:
        return Gate("leaks", False, leaks[0])
    if auc > SUSPICIOUS_AUC:
        return Gate("leaks", False, _TOO_GOOD.fill(auc=f"{auc:.3f}"))
    return Gate("leaks", True, _CLEAN)


_BETTER = Text(
    "Orders customers better than recency alone (AUC {gain}, standard error {error}).",
    "排序优于仅看最近一次（AUC {gain}，标准误 {error}）。",
)
_NO_BETTER = Text(
    "Orders customers no better than recency alone (AUC {gain}, standard error {error}).",
    "排序并不优于仅看最近一次（AUC {gain}，标准误 {error}）。",
)
_HONEST = Text(
    "Probabilities are honest: mean error {ece} (at most {most}), calibration slope {slope} ({low} to {high}).",
    "概率可信：平均误差 {ece}（上限 {most}），校准斜率 {slope}（{low} 至 {high}）。",
)
_TOO_FAR = Text(
    "Probabilities are off: mean error {ece}, at most {most} is allowed (calibration slope {slope}).",
    "概率偏差过大：平均误差 {ece}，上限为 {most}（校准斜率 {slope}）。",
)
_CROOKED = Text(
    "Probabilities are too bold or too shy: calibration slope {slope} ({low} to {high}), .80 to 1.25 is allowed.",
    "概率过于极端或过于保守：校准斜率 {slope}（{low} 至 {high}），允许范围为 0.80 至 1.25。",
)
_CLEAN = Text("No feature was found to know the outcome.", "未发现提前知晓结果的特征。")
_TOO_GOOD = Text(
    "An AUC of {auc} is too good to be true: some column probably knows the outcome.",
    "AUC 高达 {auc}，好得不真实：很可能有某列提前包含了结果。",
)
