"""How many contacts the gate decides in a second on one core: ``python3 run.py bench [--small] arbiter``.

Customers are drawn as a shop has them: words of consent, some closed addresses, contacts of the last weeks, plans for
the next ones; the rules have hours, holidays, four caps and two budgets. Nothing is read from a store.
"""

import argparse
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np

from tenure.outreach.arbiter.ask import Ask, ConsentWord, Contact, Standing, Suppression
from tenure.outreach.arbiter.decide import decide
from tenure.outreach.arbiter.policy import Budget, Cap, Hours, Policy
from tenure.outreach.trace import told

AIM = 10_000
CHANNELS = ("email", "sms", "wecom")
ZONES = tuple(ZoneInfo(name) for name in ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Tokyo"))
COUNTRIES = ("CN", "DE", "US", "JP")
NOW = datetime(2026, 3, 4, 4, tzinfo=UTC)
RULES = Policy(
    "bench",
    hours={"sms": Hours(), "wecom": Hours(holidays=True), "email": Hours(weekdays=frozenset(range(6)))},
    caps=(
        Cap("a day", 1, hours=24),
        Cap("a week", 3, period="week"),
        Cap("texts a month", 4, period="month", channel="sms"),
        Cap("newsletters", 2, hours=24 * 7, category="newsletter"),
    ),
    budgets=(Budget("texts", Decimal(500), channel="sms"), Budget("all", Decimal(2000))),
    holidays={"CN": frozenset({date(2026, 3, 5)}), "US": frozenset({date(2026, 3, 4)})},
)


def standings(number: int, seed: int = 0) -> list[Standing]:
    """Draw customers: on average three words of consent, four contacts made and one planned."""
    rng = np.random.default_rng(seed)
    return [_one(rng) for _ in range(number)]


def _one(rng: np.random.Generator) -> Standing:
    place = int(rng.integers(len(ZONES)))
    words = tuple(
        ConsentWord("marketing", CHANNELS[rng.integers(3)], "granted" if rng.random() < 0.9 else "withdrawn",
                    NOW - timedelta(days=float(rng.exponential(200))))
        for _ in range(rng.poisson(3))
    )  # fmt: skip
    closed = (Suppression("email", "hard_bounce", NOW),) if rng.random() < 0.02 else ()
    made = tuple(_contact(rng, -float(rng.exponential(12))) for _ in range(rng.poisson(4)))
    planned = tuple(_contact(rng, float(rng.exponential(3))) for _ in range(rng.poisson(1)))
    held = "winter" if rng.random() < 0.05 else None
    reach = frozenset(name for name in CHANNELS if rng.random() < 0.85)
    spent = {"texts": Decimal(int(rng.integers(520))), "all": Decimal(900)}
    return Standing(reach, words, closed, held, ZONES[place], COUNTRIES[place], made, planned, spent)


def _contact(rng: np.random.Generator, days: float) -> Contact:
    channel = CHANNELS[rng.integers(3)]
    return Contact(NOW + timedelta(days=days), channel, "newsletter", frozenset({"spring"}), int(rng.integers(5)))


def asks(number: int, seed: int = 1) -> list[Ask]:
    """Draw what is asked: a newsletter that may go over another channel, now and then an order's own message."""
    rng = np.random.default_rng(seed)
    return [
        Ask(
            f"c{place}",
            CHANNELS[rng.integers(3)],
            "marketing",
            "newsletter",
            frozenset({"spring"}),
            int(rng.integers(5)),
            rng.random() < 0.05,
            Decimal("0.05"),
            {},
            ("sms", "email"),
            NOW + timedelta(days=2),
        )
        for place in range(number)
    ]


def main() -> None:
    """Print decisions a second, alone and with their traces written out."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--small", action="store_true", help="a size that takes a second")
    number = 2_000 if parser.parse_args().small else 50_000
    people, wanted = standings(number), asks(number)
    begin = time.process_time()
    made = [decide(ask, person, RULES, NOW) for ask, person in zip(wanted, people, strict=True)]
    alone = time.process_time() - begin
    begin = time.process_time()
    for decision in made:
        told(decision)
    traced = time.process_time() - begin
    print(f"{number:,} decisions: {dict(Counter(decision.outcome for decision in made))}")
    print(f"{'task':<44}{'CPU s':>10}{'a second':>12}")
    print(f"{'decide':<44}{alone:>10.2f}{number / alone:>12,.0f}")
    print(f"{'decide, and the trace as it is kept':<44}{alone + traced:>10.2f}{number / (alone + traced):>12,.0f}")
    print(f"aim: {AIM:,} decisions a second on one core")


if __name__ == "__main__":
    main()
