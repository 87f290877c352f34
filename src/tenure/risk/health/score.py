"""Health = 100 · (1 − calibrated chance of leaving), kept with what every story adds to the log-odds."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tenure.risk.health.points import Points
from tenure.risk.risk_estimate import RiskEstimate
from tenure.risk.scores import Score

NAME, POINTS_NAME = "health", "health_points"
POINTS_MODEL, POINTS_VERSION = "weighted_points", "1"
BASE = "base"  # the log-odds every sum of contributions begins with: those of the average customer
DIGITS = 7  # of kept contributions: base and stories then add up to the kept risk within 1e-6


def health(probability: np.ndarray) -> np.ndarray:
    """Return health for chances of leaving."""
    return np.asarray(100.0 * (1.0 - probability))


def scores(risk: RiskEstimate, made: tuple[str, str], points: Points) -> list[Score]:
    """Return what the lake keeps: health with its contributions, and the points beside it with theirs."""
    name, version = made
    by_factor, effects = contributions(risk)
    known = np.isfinite(risk.probability)
    return [
        Score(
            NAME, name, version, health(risk.probability), health(risk.high), health(risk.low),
            reasons=as_json(by_factor, np.where(known[:, None], effects, np.nan)),
        ),
        Score(
            POINTS_NAME, POINTS_MODEL, POINTS_VERSION, points.score,
            reasons=as_json(points.names, points.parts),
        ),
    ]  # fmt: skip


def contributions(risk: RiskEstimate) -> tuple[tuple[str, ...], np.ndarray]:
    """Return what every story adds to each customer's log-odds of leaving, and where the sum begins."""
    told = np.flatnonzero(np.any(risk.effects != 0, axis=0))
    names = tuple(risk.factors[place].name for place in told)
    return (*names, BASE), np.column_stack([risk.effects[:, told], risk.base])


def as_json(names: Sequence[str], values: np.ndarray) -> pa.Array:
    """Return every row's values as a JSON object; unknown ones are left out, and a row of nothing is null."""
    if not len(names):
        return pa.nulls(len(values), pa.string())
    entries = [
        pc.fill_null(pc.binary_join_element_wise(f'"{_escaped(name)}":', _rounded(values[:, column]), ",", ""), "")
        for column, name in enumerate(names)
    ]
    joined = pc.utf8_rtrim(pc.binary_join_element_wise(*entries, ""), ",")
    known = pa.array(np.isfinite(values).any(axis=1))
    return pc.if_else(known, pc.binary_join_element_wise("{", joined, "}", ""), pa.scalar(None, pa.string()))


def _rounded(values: np.ndarray) -> pa.Array:
    finite = np.isfinite(values)
    rounded = np.round(np.where(finite, values, 0.0), DIGITS) + 0.0  # no minus zero
    return pc.if_else(pa.array(finite), pa.array(rounded).cast(pa.string()), pa.scalar(None, pa.string()))


def _escaped(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"')
