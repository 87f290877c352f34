"""How good an answer was, once what it was about has happened."""

from dataclasses import dataclass

import numpy as np
from scipy.special import xlogy

from tenure.models.base import Vector
from tenure.models.evaluation import roc_auc
from tenure.models.purchase_forecast.plain import Answer
from tenure.models.purchase_forecast.purchase_log import Outcome


@dataclass(frozen=True)
class Comparison:
    """How one model did from one day on: ranking of who buys, errors per customer, errors of totals as shares.

    ``auc`` ranks by the chance of an order, ``auc_by_orders`` by the orders expected. ``covered`` is the share of
    customers whose orders lay in their interval, ``total_covered`` whether all orders together did; None for models
    that are asked for no interval here.
    """

    origin: int
    horizon: int
    model: str
    customers: int
    auc: float
    auc_by_orders: float
    rmse: float
    rmse_value: float
    total_error: float
    total_error_value: float
    deviance: float
    covered: float | None = None
    covered_value: float | None = None
    total_covered: bool | None = None
    total_covered_value: bool | None = None


def compare(model: str, origin: tuple[int, int], answer: Answer, came: Outcome) -> Comparison:
    """Judge an answer; ``origin`` is the day it was given and the days it was about. AUC is NaN where all did alike."""
    # ties in the chance, as among those who bought once, are told apart by the orders expected
    score = np.log(answer.chance) + 1e-9 * np.log(answer.orders)
    return Comparison(
        origin[0],
        origin[1],
        model,
        len(came.orders),
        _ranking(came, score),
        _ranking(came, answer.orders),
        _rmse(came.orders, answer.orders),
        _rmse(came.value, answer.value),
        _off(float(answer.orders.sum()), float(came.orders.sum())),
        _off(float(answer.value.sum()), float(came.value.sum())),
        float(deviance(came.orders, answer.orders).mean()) if len(came.orders) else 0.0,
    )


def deviance(came: Vector, expected: Vector) -> Vector:
    """Return each customer's Poisson deviance: zero where exactly what was expected came."""
    return np.asarray(2 * (xlogy(came, came) - xlogy(came, expected) - came + expected), dtype=np.float64)


def _ranking(came: Outcome, score: Vector) -> float:
    return roc_auc(came.active, score).value if len(score) else float("nan")


def _rmse(came: Vector, expected: Vector) -> float:
    return float(np.sqrt(np.mean((came - expected) ** 2))) if len(came) else 0.0


def _off(expected: float, came: float) -> float:
    return expected / came - 1 if came > 0 else float("nan")
