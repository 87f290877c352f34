"""Customers for the tests of the models: the CDNOW histories, and lives drawn from known parameters."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tenure.models import CustomerHistory, history_from_orders

CALIBRATION_DAYS = 272  # from 1997-01-01 to 1997-09-30


@dataclass(frozen=True)
class Cdnow:
    """Histories in weeks to 1997-09-30 and what the same customers did in the 39 weeks after."""

    history: CustomerHistory
    orders_after: NDArray[np.float64]
    spend_after: NDArray[np.float64]


@cache
def cdnow(shared_data: Path, name: str) -> Cdnow:
    """Read ``sample`` (one customer in ten) or ``master``."""
    rows = pd.read_csv(shared_data / "cdnow" / f"cdnow_{name}.csv.gz", parse_dates=["date"])
    day = (rows["date"] - pd.Timestamp("1997-01-01")).dt.days
    history = history_from_orders(rows["customer_id"], day / 7, rows["amount"], CALIBRATION_DAYS / 7)
    later = rows[day > CALIBRATION_DAYS]
    everybody = np.unique(rows["customer_id"])
    orders = later.groupby("customer_id")["date"].nunique()
    spend = later.groupby("customer_id")["amount"].sum()
    return Cdnow(
        history,
        np.asarray(orders.reindex(everybody, fill_value=0), dtype=np.float64),
        np.asarray(spend.reindex(everybody, fill_value=0), dtype=np.float64),
    )


@dataclass(frozen=True)
class Truth:
    """The parameters lives are drawn from, in days."""

    r: float = 0.9
    alpha: float = 40.0
    a: float = 0.8
    b: float = 2.5
    p: float = 6.0
    q: float = 4.0
    v: float = 45.0


def draw_lives(
    n: int, truth: Truth, horizon: float, seed: int = 0, first_may_be_last: bool = False
) -> tuple[CustomerHistory, NDArray[np.float64]]:
    """Draw n BG/NBD (or MBG/NBD) lives watched for 100 to 400 days, and their orders in the ``horizon`` after."""
    rng = np.random.default_rng(seed)
    rate, leave = rng.gamma(truth.r, 1 / truth.alpha, n), rng.beta(truth.a, truth.b, n)
    age = rng.uniform(100, 400, n)
    now, recency, frequency, after = np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(n)
    alive = rng.random(n) >= leave if first_may_be_last else np.ones(n, dtype=bool)
    while alive.any():
        now[alive] += rng.exponential(1 / np.maximum(rate[alive], 1e-9))
        alive &= now <= age + horizon
        before = alive & (now <= age)
        frequency[before] += 1
        recency[before] = now[before]
        after[alive & ~before] += 1
        alive[alive] = rng.random(int(alive.sum())) >= leave[alive]
    often = np.maximum(frequency, 1)
    spend = np.where(frequency > 0, rng.gamma(truth.p * often) / often / rng.gamma(truth.q, 1 / truth.v, n), 0.0)
    return CustomerHistory(frequency, recency, age, spend), after


PARETO = {"r": 0.9, "alpha": 40.0, "s": 0.7, "beta": 120.0}


def draw_pareto_lives(n: int, horizon: float, seed: int = 0) -> tuple[CustomerHistory, NDArray[np.float64]]:
    """Draw n Pareto/NBD lives watched for 100 to 400 days, and their orders in the ``horizon`` after."""
    rng = np.random.default_rng(seed)
    rate = rng.gamma(PARETO["r"], 1 / PARETO["alpha"], n)
    life = rng.exponential(1 / rng.gamma(PARETO["s"], 1 / PARETO["beta"], n))
    age = rng.uniform(100, 400, n)
    before = np.minimum(life, age)
    frequency = rng.poisson(rate * before).astype(np.float64)
    # the last of x moments spread evenly over a stretch of time
    recency = np.where(frequency > 0, before * rng.random(n) ** (1 / np.maximum(frequency, 1)), 0.0)
    after = rng.poisson(rate * np.clip(life - age, 0, horizon)).astype(np.float64)
    return CustomerHistory(frequency, recency, age, np.zeros(n)), after


OCCASIONS = {"alpha": 1.2, "beta": 2.0, "gamma": 0.7, "delta": 6.0}


def draw_occasions(n: int, horizon: int, seed: int = 0) -> tuple[CustomerHistory, NDArray[np.float64]]:
    """Draw n BG/BB lives with 5 to 20 occasions behind them, and the orders at the ``horizon`` occasions after."""
    rng = np.random.default_rng(seed)
    take, leave = (rng.beta(OCCASIONS[a], OCCASIONS[b], n) for a, b in (("alpha", "beta"), ("gamma", "delta")))
    seen = rng.integers(5, 21, n)
    frequency, recency, after, alive = np.zeros(n), np.zeros(n), np.zeros(n), np.ones(n, dtype=bool)
    for occasion in range(1, 21 + horizon):
        alive &= rng.random(n) >= leave
        taken = alive & (rng.random(n) < take)
        before = taken & (occasion <= seen)
        frequency += before
        recency[before] = occasion
        after += taken & (occasion > seen) & (occasion <= seen + horizon)
    return CustomerHistory(frequency, recency, seen.astype(np.float64), np.zeros(n)), after
