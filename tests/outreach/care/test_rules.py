"""Shares with their intervals, the verdict over them, and the days of a warm-up."""

import pytest

from tenure.outreach.care.rules import Counts, day_limit, days_of, judge, share
from tenure.outreach.care.schemas import CareRules, WarmUp


def test_the_interval_is_wilsons() -> None:
    found = share(10, 100)  # by hand: (.1 + z²/200 ± z·√(.1·.9/100 + z²/40000)) / (1 + z²/100)
    assert (found.low, found.high) == pytest.approx((0.05523, 0.17437), abs=1e-5)
    assert (share(0, 50).low, share(0, 0).share) == (0.0, None)


@pytest.mark.parametrize(
    ("counts", "verdict", "code"),
    [
        (Counts(sent=99, complained=50), "open", "too_few"),
        (Counts(sent=1000, complained=4), "warned", "complaints"),  # .4 %, surely above .1 %, perhaps not above .3 %
        (Counts(sent=1000, complained=8), "stopped", "complaints"),
        (Counts(sent=100_000, complained=299), "warned", "complaints"),
        (Counts(sent=100_000, complained=350), "stopped", "complaints"),
        (Counts(sent=200, bounced=4), "open", ""),  # 2 %, but it may well be below 1 %
        (Counts(sent=10_000, bounced=250), "stopped", "bounces"),
        (Counts(sent=10_000, bounced=150), "warned", "bounces"),
    ],
)
def test_a_channel_stops_when_even_the_low_end_is_above_the_limit(counts: Counts, verdict: str, code: str) -> None:
    judged = judge(counts, CareRules())
    assert (judged.verdict, judged.code) == (verdict, code)


def test_a_warm_up_grows_until_every_number_is_free() -> None:
    plan = WarmUp(first=100, growth=2, full=1000)
    assert days_of(plan) == [100, 200, 400, 800]
    assert day_limit(plan, 4) is None
    assert day_limit(plan, 1_000_000) is None
