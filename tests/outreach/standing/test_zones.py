"""On whose clock somebody lives whose own word we do not have."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from babel.core import get_global

from tenure.outreach.standing.zones import _FEW, _MOST_LIVE_BY, zone_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
_NOBODY_LIVES_THERE = {"AQ", "UM", "ZZ"}


@pytest.mark.parametrize(
    ("country", "clock"),
    [
        ("CL", "America/Santiago"),  # not Easter Island, two hours behind
        ("EC", "America/Guayaquil"),  # not the Galápagos
        ("PT", "Europe/Lisbon"),  # not Madeira or the Azores
        ("ES", "Europe/Madrid"),
        ("MN", "Asia/Ulaanbaatar"),
        ("us", "America/New_York"),
        ("AU", "Australia/Sydney"),
        ("JP", "Asia/Tokyo"),
    ],
)
def test_a_country_of_several_clocks_goes_by_the_one_most_people_live_by(country: str, clock: str) -> None:
    assert zone_of(None, country, SHANGHAI).key == clock


def test_the_workspaces_clock_counts_where_it_is_one_of_the_countrys() -> None:
    assert zone_of(None, "US", ZoneInfo("America/Chicago")).key == "America/Chicago"
    assert zone_of(None, "US", ZoneInfo("US/Central")).key == "America/Chicago", "by its older name too"
    assert zone_of(None, "JP", ZoneInfo("America/Chicago")).key == "Asia/Tokyo"


def test_ones_own_word_goes_first_and_nonsense_is_no_word() -> None:
    assert zone_of(" Europe/Paris ", "CN", SHANGHAI).key == "Europe/Paris"
    for nonsense in ("Mars/Phobos", "../../etc/passwd", "Asia", "+08:00", "\0", "x" * 5_000):
        assert zone_of(nonsense, "JP", SHANGHAI).key == "Asia/Tokyo"
    assert zone_of(None, None, SHANGHAI) is SHANGHAI
    assert zone_of("", "XX", SHANGHAI) is SHANGHAI


def test_no_country_is_left_to_the_order_in_which_its_clocks_are_listed() -> None:
    for country, zones in get_global("territory_zones").items():
        known = [ZoneInfo(name) for name in zones if not name.startswith("Etc/")]
        clocks = {tuple(zone.utcoffset(datetime(2026, month, 15)) for month in (1, 7)) for zone in known}
        if country in _MOST_LIVE_BY:
            assert _MOST_LIVE_BY[country] in zones
        elif country not in _NOBODY_LIVES_THERE:
            assert len(clocks) <= 1, country
            assert len(zones) <= _FEW, country
