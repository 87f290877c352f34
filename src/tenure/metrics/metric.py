"""What a metric is: a name in both languages, a meaning, a formula, and one expression."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import ibis.expr.types as ir

from tenure.kit.i18n import Text
from tenure.metrics.question import Question

Unit = Literal["percent", "money", "count", "days", "score", "ratio"]
Better = Literal["up", "down", "none"]
Interval = Literal["wilson", "delta", "total", "bootstrap", "median", "greenwood"]

INTERVALS: dict[Interval, Text] = {
    "wilson": Text("95% Wilson interval of a share", "比例的 95% Wilson 区间"),
    "delta": Text(
        "95% interval by linearisation (delta method), units independent",
        "线性化（delta 法）95% 区间，假定各单位独立",
    ),
    "total": Text(
        "95% interval of a sum of independent units: how far it would move by chance alone",
        "独立单位之和的 95% 区间：仅因偶然会波动多大",
    ),
    "bootstrap": Text(
        "95% bootstrap interval: customers dealt into 200 groups, resampled 1,000 times",
        "95% 自助法区间：客户分为 200 组，重抽样 1000 次",
    ),
    "median": Text("95% bootstrap interval of a median", "中位数的 95% 自助法区间"),
    "greenwood": Text("95% Greenwood interval, log-log scale", "95% Greenwood 区间（log-log 尺度）"),
}


@dataclass(frozen=True)
class Metric:
    """One number about many customers.

    ``expression`` answers with one row per unit (mostly a customer) and window: ``window``, ``segment``, ``unit_id``,
    and what the unit adds above (``x``) and below (``y``) the line: the value is sum of x over sum of y. Intervals read it so:
    ``wilson`` (x and y are 0 or 1), ``delta`` (a ratio of sums over independent units), ``bootstrap`` (the same,
    resampled), ``total`` (the sum of x; y is not used), ``median`` (of x), ``greenwood`` (x is how long a unit was
    followed, y whether the event came; the value is the Kaplan-Meier probability of it within ``within_days``).
    Percent values are fractions: 0.42 means 42 %. ``caution`` is said beside every answer.
    """

    name: str
    group: str
    label: Text
    meaning: Text
    formula: Text
    unit: Unit
    better: Better
    interval: Interval
    source: tuple[str, ...]
    expression: Callable[[Question], ir.Table]
    parameters: tuple[str, ...] = ()
    by_order: bool = False
    caution: Text | None = None

    @property
    def follows_up(self) -> bool:
        """Say whether units are followed for ``within_days`` after their window before the number is ripe."""
        return "within_days" in self.parameters
