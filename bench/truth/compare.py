"""Predictions of every customer beside the planted truth: ranking and calibration of the risk, totals and errors of value."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from tenure.models.base import Vector
from tenure.models.calibration_line import calibration_line, error_by_chance
from tenure.models.evaluation import Estimate, evaluate


@dataclass(frozen=True)
class Silence:
    """How well a score told who would be silent; ``slope`` is 1 where probabilities are honest."""

    name: str
    auc: Estimate
    slope: Estimate
    ece: float
    ece_by_chance: float


@dataclass(frozen=True)
class Amount:
    """Expected amounts beside true expectations: all together, and customer by customer.

    ``off`` is what the sum was off by, as a share of the truth; ``rank`` Spearman's correlation; ``error`` the mean
    absolute error as a share of that of one number for everybody, the true mean. ``came`` is what then happened.
    """

    name: str
    expected: float
    truth: float
    off: float
    rank: float
    error: float
    came: float | None


def paired(predicted: pd.DataFrame, truth: pd.DataFrame, twice: pd.Series) -> pd.DataFrame:
    """Put predictions and truth side by side, without the people who signed up twice: each of their ids tells half."""
    alone = predicted[~predicted["customer_id"].isin(twice)]
    return alone.merge(truth, on="customer_id", validate="one_to_one")


def silences(rows: pd.DataFrame, window: int) -> list[Silence]:
    """Judge the risk, days of silence alone, and the true chance, on those who bought within the window."""
    rows = rows[rows["days_since_order"] < window]
    silent = rows[f"silent_within_{window}"].to_numpy(dtype=np.float64)
    days = rows["days_since_order"].to_numpy(dtype=np.float64)
    return [
        _silence("churn risk", silent, rows["churn_risk"].to_numpy(dtype=np.float64)),
        _silence("recency alone", silent, _share_by(days, silent)),
        _silence("true chance", silent, rows[f"silence_probability_{window}"].to_numpy(dtype=np.float64)),
    ]


def amounts(rows: pd.DataFrame) -> list[Amount]:
    """Judge expected orders and value over 90 and 365 days, fees of subscriptions included in value."""
    found = []
    for days in (90, 365):
        came = float(rows["orders_within_90"].sum()) if days == 90 else None
        found.append(
            _amount(f"orders {days} days", rows[f"expected_orders_{days}"], rows[f"truth_orders_{days}"], came)
        )
    for days in (90, 365):
        worth = rows[f"expected_value_{days}"] + rows[f"expected_subscription_value_{days}"]
        found.append(_amount(f"value {days} days", rows[f"value_{days}"], worth, None))
    return found


def next_orders(rows: pd.DataFrame) -> Silence:
    """Judge the chance of an order within 90 days, on everybody who ever bought."""
    rows = rows[rows["probability_of_order_90"].notna()]
    bought: Vector = np.asarray(rows["orders_within_90"] > 0, dtype=np.float64)
    return _silence("order within 90 days", bought, rows["probability_of_order_90"].to_numpy(dtype=np.float64))


def _silence(name: str, happened: Vector, chance: Vector) -> Silence:
    report = evaluate(happened, chance)
    return Silence(name, report.auc, calibration_line(happened, chance).slope, report.ece, error_by_chance(chance))


def _share_by(days: Vector, silent: Vector, classes: int = 20) -> Vector:
    """Return a score that rises with the days of silence and, class by class, says what share was silent in the end."""
    which = np.minimum((rankdata(days) - 0.5) * classes / len(days), classes - 1).astype(np.int64)
    share = np.bincount(which, silent, classes) / np.maximum(np.bincount(which, minlength=classes), 1)
    middle = np.bincount(which, days, classes) / np.maximum(np.bincount(which, minlength=classes), 1)
    held = np.flatnonzero(np.bincount(which, minlength=classes))
    # a little of the days themselves keeps their order where neighbouring classes did alike
    return np.asarray(np.clip(np.interp(days, middle[held], np.maximum.accumulate(share[held])) + 1e-9 * days, 1e-6, 1))


def _amount(name: str, expected: pd.Series, truth: pd.Series, came: float | None) -> Amount:
    ours, true = np.nan_to_num(expected.to_numpy(dtype=np.float64)), truth.to_numpy(dtype=np.float64)
    alike = float(np.abs(true - true.mean()).mean())
    rank = float(np.corrcoef(rankdata(ours), rankdata(true))[0, 1])
    total = float(ours.sum()), float(true.sum())
    return Amount(name, *total, total[0] / total[1] - 1, rank, float(np.abs(ours - true).mean()) / alike, came)
