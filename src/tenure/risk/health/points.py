"""The customary score beside ours: weighted points for recency, frequency, spend, visits, tickets and recommendation.

Each measure gives 0 to 100 points by the customer's place among all customers (tickets and recommendation by a fixed
scale), and the score is the weighted mean of those that are known, as the leading tools do it (Σ w·x / Σ w). It is kept
to be compared with, not to be believed: nothing in it was learned from who left.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tenure.kit.errors import FieldProblem, Invalid
from tenure.kit.i18n import Text

WEIGHTS = {"recency": 30.0, "frequency": 20.0, "spend": 20.0, "visits": 15.0, "tickets": 10.0, "recommendation": 5.0}
LABELS = {
    "recency": Text("Recency", "最近一次购买"),
    "frequency": Text("Frequency", "购买频次"),
    "spend": Text("Spend", "消费金额"),
    "visits": Text("Visits", "访问"),
    "tickets": Text("Service tickets", "工单"),
    "recommendation": Text("Recommendation (NPS)", "推荐意愿（NPS）"),
}
NEEDED = ("days_since_purchase", "purchases_365", "revenue_90", "visit_days_30", "tickets_90", "last_nps")
PER_TICKET = 40.0


@dataclass(frozen=True)
class Points:
    """The score of every customer and what each measure gives to it; the parts of a row add up to its score."""

    names: tuple[str, ...]
    parts: np.ndarray
    score: np.ndarray


def points(columns: Mapping[str, np.ndarray], weights: Mapping[str, float]) -> Points:
    """Return everybody's points from their features."""
    measures = {
        "recency": 100 - _place(columns["days_since_purchase"]),
        "frequency": _place(columns["purchases_365"]),
        "spend": _place(columns["revenue_90"]),
        "visits": _place(columns["visit_days_30"]),
        "tickets": np.clip(100 - PER_TICKET * columns["tickets_90"], 0, 100),
        "recommendation": 10 * columns["last_nps"],
    }
    names = tuple(measures)
    values = np.column_stack([measures[name] for name in names])
    heavy = np.array([weights.get(name, 0.0) for name in names])
    known = np.isfinite(values)
    total = (known * heavy).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        parts = np.where(known, values * heavy, np.nan) / np.where(total > 0, total, np.nan)[:, None]
    score = np.where(total > 0, np.nansum(parts, axis=1), np.nan)
    return Points(names, parts, score)


def check(weights: Mapping[str, float]) -> None:
    """Raise unless every measure has a weight that is no less than nothing, and one more than nothing."""
    problems = [
        FieldProblem(f"/weights/{name}", Text("There is no such measure.", "没有此指标。"))
        for name in sorted(set(weights) - set(WEIGHTS))
    ]
    problems += [
        FieldProblem(f"/weights/{name}", Text("Choose between 0 and 100.", "请选择 0 至 100。"))
        for name, weight in weights.items()
        if not 0 <= weight <= 100
    ]
    if not problems and not any(weights.get(name, 0) > 0 for name in WEIGHTS):
        problems.append(FieldProblem("/weights", Text("Give at least one a weight.", "请至少为一项设置权重。")))
    if problems:
        raise Invalid(Text("These weights are not possible.", "权重设置不可用。"), fields=tuple(problems))


def _place(values: np.ndarray) -> np.ndarray:
    """Return the share of customers with less, in percent; those who tie share the middle of their places."""
    known = np.isfinite(values)
    ordered = np.sort(values[known])
    below = np.searchsorted(ordered, values, side="left")
    up_to = np.searchsorted(ordered, values, side="right")
    return np.where(known, 50.0 * (below + up_to) / max(len(ordered), 1), np.nan)
