"""Why health moved between two refreshes: every story's part, adding up to the change exactly.

Health is a bent function of the log-odds, so the parts are the changes of log-odds times the logarithmic-mean slope:
L = (p₁ − p₀) / (z₁ − z₀) is the one slope under which they add up whatever the order in which things changed (the
additive LMDI decomposition of Ang, 2004). What no story explains (another model, its calibration, rounding) is told as
a part of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tenure.risk.health.score import BASE

MODEL = "model"
SURE = 1e-9  # chances closer to 0 or 1 have no log-odds to speak of


@dataclass(frozen=True)
class Part:
    """What one story did to health, in points."""

    factor: str
    points: float


def parts(before: float, after: float, was: Mapping[str, float], now: Mapping[str, float]) -> list[Part]:
    """Split a change of health by the stories' contributions to the log-odds then and now; the largest first."""
    p, q = (np.clip(1 - value / 100, SURE, 1 - SURE) for value in (before, after))
    moved = float(np.log(q / (1 - q)) - np.log(p / (1 - p)))
    steps = {name: now.get(name, 0.0) - was.get(name, 0.0) for name in dict.fromkeys([*was, *now]) if name != BASE}
    slope = float((q - p) / moved) if abs(moved) > SURE else float(p * (1 - p))
    found = [Part(name, -100 * slope * step) for name, step in steps.items() if step]
    told = sum(part.points for part in found)
    found.sort(key=lambda part: -abs(part.points))
    return [*found, Part(MODEL, (after - before) - told)]
