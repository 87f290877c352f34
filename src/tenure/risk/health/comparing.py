"""Health beside weighted points on the same customers at the same past instant: which one knew who would leave?"""

from collections.abc import Mapping

import numpy as np

from tenure.models.evaluation import calibration_table, roc_auc
from tenure.risk.health.points import NEEDED, points
from tenure.risk.health.score import health
from tenure.risk.teaching.lessons import Lessons

Told = dict[str, object]


def compare(exam: Lessons, test: Mapping[str, object], weights: Mapping[str, float]) -> Told | None:
    """Return both scores' ranking and what happened band by band; None where nobody left or stayed.

    ``test`` is the model's own exam (``auc``, ``auc_error``, ``calibration``), on the same instant.
    """
    score = points({name: exam.table[name].to_numpy(dtype=np.float64) for name in NEEDED}, weights).score
    known = np.isfinite(score)
    left = exam.churned[known]
    if not 0 < left.sum() < len(left):
        return None
    auc = roc_auc(left, -score[known])
    bands = calibration_table(left, 1 - score[known] / 100)
    return {
        "customers": len(exam),
        "base_rate": float(exam.churned.mean()),
        "health": {"auc": test["auc"], "auc_error": test["auc_error"], "bands": _bands(test["calibration"])},
        "points": {
            "auc": auc.value,
            "auc_error": auc.standard_error,
            "bands": [_band(step.predicted, step.observed, step.n) for step in bands],
        },
    }


def _bands(calibration: object) -> list[Told]:
    steps = calibration if isinstance(calibration, list) else []
    return [_band(step["predicted"], step["observed"], step["n"]) for step in steps]


def _band(predicted: float, observed: float, n: int) -> Told:
    return {"score": float(health(np.array(predicted))), "left": observed, "n": n}
