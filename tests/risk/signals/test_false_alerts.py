"""Customers who never change are warned of at the stated rate at most, every day of a month, whatever their rhythm."""

from collections.abc import Callable

import numpy as np
import pytest

from tenure.risk.signals.catalog import CATALOG
from tests.risk.signals import world

SIZE, DAYS = 1_500, 550
FIRST = DAYS - 31
MOST = 0.05  # of unchanged customers, in a month
TABLES = frozenset({"orders", "events", "messages"})
Look = Callable[[int], dict[str, np.ndarray]]
RHYTHMS = {
    "all kinds of buyers": (np.random.default_rng(11).gamma(1.2, 1 / 36, SIZE).clip(1e-3, 0.5), 1.0),
    "regular buyers": (np.random.default_rng(12).gamma(1.2, 1 / 36, SIZE).clip(1e-3, 0.5), 3.0),
    "buyers in bursts": (np.random.default_rng(13).gamma(1.2, 1 / 36, SIZE).clip(1e-3, 0.5), 0.5),
    "weekly buyers": (np.full(SIZE, 1 / 7), 1.0),
    "clockwork monthly buyers": (np.full(SIZE, 1 / 30), 4.0),
}


def newly_told(name: str, look: Look, every: int = 1) -> np.ndarray:
    """Say of whom a signal speaks on some day of the last month of whom it had not spoken on the day before it."""
    signal = CATALOG[name]
    told = [
        signal.find(world.sight(look(day), SIZE, TABLES), signal.threshold.value).lasting
        for day in range(FIRST, DAYS, every)
    ]
    before, later = told[0], np.any(told[1:], axis=0)
    return np.asarray(later & ~before)


@pytest.mark.parametrize("kind", RHYTHMS)
def test_purchases(kind: str) -> None:
    rates, shape = RHYTHMS[kind]
    rng = np.random.default_rng(3)
    purchases = world.renewals(rng, rates, DAYS, shape)
    back = rng.random(len(purchases.who)) < 0.08
    told = {name: newly_told(name, lambda day: world.bought(purchases, day), 3) for name in ("overdue", "buying_less")}
    told["return_spike"] = newly_told("return_spike", lambda day: world.returned(purchases, back, day), 3)
    for name, who in told.items():
        assert who.mean() <= MOST, name
    assert np.any(list(told.values()), axis=0).mean() <= 1.6 * MOST


def test_visits_and_their_length() -> None:
    rng = np.random.default_rng(4)
    visits = world.renewals(rng, rng.gamma(1.0, 1 / 6, SIZE).clip(1e-3, 0.7), DAYS)
    lengths = rng.normal(5, 1, len(visits.who)) + rng.normal(0, 0.5, SIZE)[visits.who]
    for name in ("visiting_less", "shorter_visits"):
        assert newly_told(name, lambda day: world.visited(visits, lengths, day)).mean() <= MOST, name


def test_messages() -> None:
    rng = np.random.default_rng(5)
    sent = world.renewals(rng, np.full(SIZE, 1 / 20), DAYS)
    opened = rng.random(len(sent.who)) < rng.beta(1, 2, SIZE)[sent.who]
    assert newly_told("unanswered", lambda day: world.written(sent, opened, day)).mean() <= MOST


def test_a_season_that_moves_everybody_is_nobodys_signal() -> None:
    rng = np.random.default_rng(6)
    visits = world.renewals(rng, np.full(SIZE, 0.3), DAYS)
    quiet = (visits.day >= DAYS - 40) & (rng.random(len(visits.who)) < 0.5)  # half of all visits fall away, for all
    kept = world.Happenings(visits.who[~quiet], visits.day[~quiet], SIZE)
    lengths = rng.normal(5, 1, len(kept.who))
    signal = CATALOG["visiting_less"]
    found = signal.find(world.sight(world.visited(kept, lengths, DAYS - 1), SIZE, TABLES), signal.threshold.value)
    assert found.lasting.mean() <= MOST
