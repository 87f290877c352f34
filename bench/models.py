"""How long and how much memory the models take; run with ``python -m bench.models``."""

import time
import tracemalloc
from collections.abc import Callable

import numpy as np
import pandas as pd

from tenure.models import BetaGeoNBD, ChurnLogistic, CustomerHistory, GammaGamma, NextOrder, forecast_value

TRUTH = {"r": 0.243, "alpha": 30.9, "a": 0.793, "b": 2.426}  # CDNOW, in days


def simulate(n: int, seed: int = 0) -> CustomerHistory:
    """Draw the lives of n BG/NBD customers, watched for 190 to 270 whole days, all customers a step at a time."""
    rng = np.random.default_rng(seed)
    rate, leave = rng.gamma(TRUTH["r"], 1 / TRUTH["alpha"], n), rng.beta(TRUTH["a"], TRUTH["b"], n)
    age = rng.integers(190, 271, n).astype(np.float64)
    now, recency, frequency, alive = np.zeros(n), np.zeros(n), np.zeros(n), np.ones(n, dtype=bool)
    while alive.any():
        now[alive] += rng.exponential(1 / np.maximum(rate[alive], 1e-12))
        alive &= now <= age
        frequency[alive] += 1
        recency[alive] = now[alive]
        alive[alive] = rng.random(int(alive.sum())) >= leave[alive]
    often = np.maximum(frequency, 1.0)
    spend = np.asarray(np.where(frequency > 0, rng.gamma(6.25 * often) / often, 0.0), dtype=np.float64)
    spend *= 15.4 / rng.gamma(3.74, size=n)
    recency = np.where(frequency > 0, np.maximum(np.round(recency), 1.0), 0.0)
    return CustomerHistory(frequency, recency, age, spend.round(2))


def measured(task: Callable[[], object]) -> tuple[float, float]:
    """Return seconds (without tracing) and peak megabytes (with)."""
    start = time.perf_counter()
    task()
    seconds = time.perf_counter() - start
    tracemalloc.start()
    task()
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return seconds, peak


def tasks(n: int) -> dict[str, Callable[[], object]]:
    """Return what is measured on n simulated customers."""
    past = simulate(n)
    x, recency, age = past.orders()
    orders, spend = BetaGeoNBD().fit(x, recency, age), GammaGamma().fit(x, past.monetary_value)
    rhythm = NextOrder().fit(x, recency, age)
    table = pd.DataFrame({"silent": age - recency, "orders": x, "age": age, "spend": past.monetary_value})
    active = np.random.default_rng(1).random(n) < orders.probability_of_purchase(90, x, recency, age)
    churn = ChurnLogistic().fit(table, ~active)
    return {
        "BG/NBD fit": lambda: BetaGeoNBD().fit(x, recency, age),
        "BG/NBD expected orders": lambda: orders.expected_purchases(90, x, recency, age),
        "Gamma-Gamma fit": lambda: GammaGamma().fit(x, past.monetary_value),
        "value with interval": lambda: forecast_value(orders, spend, past, 90),
        "next order fit": lambda: NextOrder().fit(x, recency, age),
        "next order dates": lambda: rhythm.expected_wait(x, recency, age),
        "churn fit (4 features)": lambda: ChurnLogistic().fit(table, ~active),
        "churn probabilities": lambda: churn.predict_proba(table),
    }


def main() -> None:
    """Print one line per task and number of customers."""
    print(f"{'task':<26}{'customers':>12}{'seconds':>10}{'peak MB':>10}")
    for n in (23_570, 1_000_000):
        for name, task in tasks(n).items():
            seconds, peak = measured(task)
            print(f"{name:<26}{n:>12,}{seconds:>10.2f}{peak:>10.0f}")


if __name__ == "__main__":
    main()
