"""Section 9: customers who stop without a word, and how soon their silence tells, at five false alerts in a hundred.

20,000 customers buy at rates drawn from Gamma(1.2, 36 days) for 360 days, then one in ten stops. Of those with two
purchases or more, the most unusual silences are taken until one in twenty unchanged customers is among them.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from tenure.app.verification.check import Check, Section
from tenure.kit.i18n import Text
from tenure.risk.signals import rhythm

CUSTOMERS, SHAPE, SCALE_DAYS, STOP, STOPPING = 20_000, 1.2, 36.0, 360.0, 0.1
FALSE_ALERTS = 0.05
SEEDS = (0, 1, 2)
LEAST = {30: 0.18, 60: 0.40, 90: 0.56}


def recall_at_false_alerts(days: int, seeds: Iterable[int] = SEEDS, customers: int = CUSTOMERS) -> float:
    """Return the mean share of stopped customers found so many days after they stopped."""
    return float(np.mean([_recall(np.random.default_rng(seed), days, customers) for seed in seeds]))


def _recall(rng: np.random.Generator, days: int, customers: int) -> float:
    now = STOP + days
    rate = rng.gamma(SHAPE, 1 / SCALE_DAYS, customers)
    stops = rng.random(customers) < STOPPING
    who = np.repeat(np.arange(customers), rng.poisson(rate * now))
    at = rng.random(len(who)) * now
    bought = ~stops[who] | (at < STOP)
    who, at = who[bought], at[bought]
    order = np.lexsort((at, who))
    who, at = who[order], at[order]
    purchases = np.bincount(who, minlength=customers)
    last, first = np.full(customers, -np.inf), np.full(customers, np.inf)
    np.maximum.at(last, who, at)
    np.minimum.at(first, who, at)
    gap, same = np.diff(at), np.diff(who) == 0
    squares = np.bincount(who[1:][same], gap[same] ** 2, minlength=customers)
    seen = purchases >= 2
    gaps, span, silence = (purchases - 1.0)[seen], (last - first)[seen], (now - last)[seen]
    # These moments are exact, not whole days, so the half day a whole day stands for is given back.
    learned = rhythm.learn(gaps, span + rhythm.HALF * gaps, squares[seen])
    tail = learned.tail(silence, gaps, span + rhythm.HALF * gaps)
    limit = np.quantile(tail[~stops[seen]], FALSE_ALERTS)
    return float(np.mean(tail[stops[seen]] < limit))


def _checks(_: Path) -> Iterator[Check]:
    for days, least in LEAST.items():
        name = f"recall {days} days after a silent stop, at 5 % false alerts"
        yield Check(name, least, recall_at_false_alerts(days), bound="at_least")


SILENT_STOP = Section(
    "9",
    Text("Silent stop: own-rhythm silence", "无声流失：自身节奏下的静默"),
    Text("Recomputed independently: own-rhythm tail probability", "独立重算：自身节奏尾概率"),
    (),
    _checks,
)
