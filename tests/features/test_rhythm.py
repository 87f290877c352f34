"""A silence is judged by the customer's own rhythm: the silent-stop fixture of the reference numbers."""

from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from tenure.app.wiring import Stores
from tenure.features.build import read
from tenure.warehouse.history import History
from tests.features import make

BEGUN = datetime(2024, 1, 1)
CUSTOMERS, WATCHED, STOPPED = 20_000, 360, 0.10


def _orders(seed: int) -> tuple[pd.DataFrame, np.ndarray]:
    """Draw orders at random times at rates Gamma(1.2, 36 days); a tenth of the customers stop after 360 days."""
    rng = np.random.default_rng(seed)
    rate = rng.gamma(1.2, 1 / 36, CUSTOMERS)
    stopped = rng.permutation(CUSTOMERS) < CUSTOMERS * STOPPED
    days = np.where(stopped, WATCHED, WATCHED + 90)
    person = np.repeat(np.arange(CUSTOMERS), rng.poisson(rate * days))
    orders = pd.DataFrame({"person": person, "day": rng.random(len(person)) * days[person]})
    return orders, stopped


@pytest.fixture(scope="module")
def silent_stop(stores: Stores) -> tuple[History, np.ndarray]:
    """The fixture's orders in a lake, and who stopped."""
    orders, stopped = _orders(0)
    at = np.datetime64(BEGUN, "us") + (orders["day"].to_numpy() * 86_400e6).astype("timedelta64[us]")
    make.add(
        stores.lake,
        "orders",
        pa.table(
            {
                "order_id": pa.array(range(len(orders))).cast(pa.string()),
                "customer_id": pa.array([f"{person:05}" for person in orders["person"]]),
                "ordered_at": pa.array(at),
                "kind": pa.repeat("sale", len(orders)),
                "status": pa.repeat("paid", len(orders)),
                "amount": pa.repeat(10.0, len(orders)),
            }
        ),
    )
    return History(stores.lake, BEGUN), stopped


def _recall(score: np.ndarray, stopped: np.ndarray) -> float:
    """Return the share of stoppers above the score that 5 % of the others exceed."""
    return float((score[stopped] > np.quantile(score[~stopped], 0.95)).mean())


@pytest.mark.parametrize(("days", "least", "by_recency"), [(30, 0.18, 0.08), (60, 0.40, 0.11), (90, 0.56, 0.17)])
def test_the_chance_of_such_a_silence_finds_who_stopped_where_recency_does_not(
    silent_stop: tuple[History, np.ndarray], days: int, least: float, by_recency: float
) -> None:
    history, everybody = silent_stop
    names = ["silence_chance", "days_since_purchase", "purchases"]
    table = read(history.at(BEGUN + timedelta(days=WATCHED + days)), names)
    often = table.columns["purchases"] >= 2
    stopped = everybody[np.array(table.customers.to_pylist(), dtype=int)][often]
    assert _recall(-table.columns["silence_chance"][often], stopped) >= least
    assert _recall(table.columns["days_since_purchase"][often], stopped) <= by_recency


def test_the_chance_is_the_lomax_tail_that_can_be_worked_out_by_hand(fresh_stores: Stores) -> None:
    as_of = datetime(2025, 7, 1)
    week = [("often", as_of - timedelta(days=day), 5.0) for day in (41, 34, 27, 20)]
    make.add_orders(fresh_stores.lake, [*week, ("once", as_of - timedelta(days=11), 5.0)])
    table = read(History(fresh_stores.lake, as_of), ["silence_chance", "silence_chance_regular"])
    assert table.customers.to_pylist() == ["often", "once"]
    average = 21 / 3  # three gaps in all, over 21 days
    often = ((average / 2 + 21) / (average / 2 + 21 + 19)) ** 3.5
    once = (average / 2 / (average / 2 + 10)) ** 0.5
    assert table.columns["silence_chance"].tolist() == pytest.approx([often, once])
    # Three gaps of exactly seven days: regular to the least spread allowed, so nineteen days are all but impossible.
    steep = np.pi / np.sqrt(3) / 0.1
    assert table.columns["silence_chance_regular"][0] == pytest.approx(1 / (1 + (19 / 7) ** steep), rel=1e-4)


def test_the_regular_chance_sees_a_clockwork_customer_stop_sooner(fresh_stores: Stores) -> None:
    as_of = datetime(2025, 7, 1)
    clock = [("clock", as_of - timedelta(days=day), 5.0) for day in range(31, 331, 10)]
    wild = [("wild", as_of - timedelta(days=day), 5.0) for day in (31, 32, 34, 36, 80, 82, 84, 150, 151, 240, 330)]
    make.add_orders(fresh_stores.lake, clock + wild)
    table = read(History(fresh_stores.lake, as_of), ["silence_chance_regular"])
    clockwork, uneven = table.columns["silence_chance_regular"]
    assert clockwork < 0.001
    assert uneven > 0.15
