"""Customers who do change are found: silent stops, halved visits, shortened stays."""

import numpy as np
import pytest

from tenure.app.verification.silent_stop import recall_at_false_alerts
from tenure.risk.signals.catalog import CATALOG
from tests.risk.signals import world

SIZE, DAYS = 1_500, 550
TABLES = frozenset({"orders", "events", "messages"})


@pytest.mark.parametrize(("days", "least"), [(30, 0.18), (60, 0.40), (90, 0.56)])
def test_silent_stops_are_found_at_five_percent_false_alerts(days: int, least: float) -> None:
    assert recall_at_false_alerts(days, seeds=(0,), customers=20_000) >= least


def test_who_visits_a_fifth_as_often_is_found_and_others_are_not() -> None:
    rng = np.random.default_rng(7)
    changed = rng.random(SIZE) < 0.1
    visits = world.renewals(rng, np.full(SIZE, 0.3), DAYS)
    gone = changed[visits.who] & (visits.day >= DAYS - 28) & (rng.random(len(visits.who)) < 0.8)
    kept = world.Happenings(visits.who[~gone], visits.day[~gone], SIZE)
    signal = CATALOG["visiting_less"]
    seen = world.sight(world.visited(kept, np.ones(len(kept.who)), DAYS - 1), SIZE, TABLES)
    found = signal.find(seen, signal.threshold.value).raised
    assert found[changed].mean() > 0.5
    assert found[~changed].mean() < 0.02


def test_who_stays_half_as_long_is_found() -> None:
    rng = np.random.default_rng(8)
    changed = rng.random(SIZE) < 0.1
    visits = world.renewals(rng, np.full(SIZE, 0.4), DAYS)
    shorter = changed[visits.who] & (visits.day >= DAYS - 28)
    lengths = rng.normal(5, 0.6, len(visits.who)) - 1.2 * shorter
    signal = CATALOG["shorter_visits"]
    seen = world.sight(world.visited(visits, lengths, DAYS - 1), SIZE, TABLES)
    found = signal.find(seen, signal.threshold.value).raised
    assert found[changed].mean() > 0.6
    assert found[~changed].mean() < 0.02
