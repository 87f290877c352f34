"""How much one address may ask of what is open to everybody: ten seconds at once, then as it fills again."""

import pytest

from tenure.kit.errors import TooMany
from tenure.outreach.crowd import PER_SECOND, mind
from tenure.sources.tracking import speed as speeds
from tenure.sources.tracking.speed import Speed


def asked(speed: Speed, address: str, now: float, most: int = 10_000) -> int:
    """Ask until it is too much; returns how often it was not."""
    for number in range(most):
        try:
            mind(speed, "media", address, now)
        except TooMany:
            return number
    return most


def test_ten_seconds_at_once_and_then_as_time_passes() -> None:
    speed = Speed()
    assert asked(speed, "203.0.113.9", 0.0) == PER_SECOND * 10
    assert asked(speed, "203.0.113.9", 1.0) == PER_SECOND
    assert asked(speed, "203.0.113.10", 1.0, 3) == 3, "the neighbour is somebody else"
    mind(speed, "link", "203.0.113.9", 1.0)  # and so is another door


def test_one_house_is_one_whatever_address_of_it_asks() -> None:
    speed = Speed()
    assert asked(speed, "2001:db8:1:2::1", 0.0) == PER_SECOND * 10
    assert asked(speed, "2001:db8:1:2:ffff::9", 0.0) == 0
    assert asked(speed, "2001:db8:1:3::1", 0.0, 3) == 3


def test_what_costs_more_fits_less_often() -> None:
    speed = Speed()
    for _ in range(20):
        mind(speed, "link", "203.0.113.9", 0.0, 25)
    with pytest.raises(TooMany):
        mind(speed, "link", "203.0.113.9", 0.0, 25)


def test_addresses_nobody_came_from_lately_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speeds, "MOST_KEPT", 100)
    speed = Speed()
    for number in range(1_000):
        mind(speed, "media", f"10.0.{number // 250}.{number % 250}", float(number))
    assert len(speed._buckets) <= 100
    assert asked(speed, "10.0.3.249", 999.0) == PER_SECOND * 10 - 1, "who came just now is remembered"
