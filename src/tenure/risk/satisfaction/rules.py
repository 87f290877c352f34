"""What scores say of staying: pure arithmetic over arrays."""

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tenure.metrics.intervals import wilson
from tenure.models.base import ModelWarning
from tenure.models.churn.logistic import ChurnLogistic
from tenure.models.evaluation import Estimate, auc_difference, log_losses, roc_auc
from tenure.risk.satisfaction.scales import Scale

LEAST_OF_EACH = 20  # leavers and stayers; with fewer an AUC is known no better than ± .13


@dataclass(frozen=True)
class BandShare:
    """Of those in one band: how many, and which share stayed, with its Wilson interval."""

    n: int
    stayed: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Gain:
    """What a score adds to behaviour, on customers and times that neither model has seen."""

    n: int
    auc_behaviour: float
    auc: Estimate
    log_loss: Estimate


def bands(scale: Scale, score: np.ndarray, stayed: np.ndarray) -> list[BandShare]:
    """Count who stayed in each band of a scale."""
    band = scale.band_of(score)
    n = np.bincount(band, minlength=len(scale.bands)).astype(np.float64)
    kept = np.bincount(band, weights=stayed, minlength=len(scale.bands)).astype(np.float64)
    share = wilson(kept, n)
    return [
        BandShare(int(n[i]), int(kept[i]), *(_known(column[i]) for column in share)) for i in range(len(scale.bands))
    ]


def ranking(score: np.ndarray, stayed: np.ndarray) -> Estimate | None:
    """Return how often a stayer gave a higher score than a leaver (DeLong's interval), or None with too few of either."""
    return roc_auc(stayed.astype(np.int64), score) if enough(stayed) else None


def gain(score: np.ndarray, stayed: np.ndarray, behaviour: dict[str, np.ndarray], exam: np.ndarray) -> Gain | None:
    """Teach with and without the score on the earlier instants, and compare the two on the last one."""
    if not enough(stayed[~exam]) or not enough(stayed[exam]):
        return None
    known = {name: column for name, column in behaviour.items() if _differs(column[~exam])}
    both = known | {"score": score}
    left = (~stayed).astype(np.int64)
    plain, rich = (_foretold(pd.DataFrame(columns), left, exam) for columns in (known, both))
    truth = left[exam]
    saved = log_losses(truth, plain) - log_losses(truth, rich)
    error = float(saved.std(ddof=1) / np.sqrt(len(saved)))
    return Gain(
        len(truth),
        roc_auc(truth, plain).value,
        auc_difference(truth, rich, plain),
        Estimate(float(saved.mean()), error),
    )


def enough(stayed: np.ndarray) -> bool:
    """Say whether there are enough leavers and stayers to judge by."""
    return min(int(stayed.sum()), int((~stayed).sum())) >= LEAST_OF_EACH


def _foretold(table: pd.DataFrame, left: np.ndarray, exam: np.ndarray) -> np.ndarray:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ModelWarning)  # what little data means is judged before
        model = ChurnLogistic().fit(table[~exam], left[~exam])
    return np.asarray(model.predict_proba(table[exam])[:, 1])


def _differs(values: np.ndarray) -> bool:
    known = values[np.isfinite(values)]
    return len(known) > 0 and bool(np.ptp(known) > 0)


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
