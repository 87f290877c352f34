"""On whose clock a customer lives: their own word, else their country's, else the workspace's."""

from functools import cache
from zoneinfo import ZoneInfo

from babel.core import get_global

_ZONES_OF_ONE_DAY = 3  # a country with more zones than this has no one clock, so the workspace's is taken


def zone_of(own: str | None, country: str | None, workspace: ZoneInfo) -> ZoneInfo:
    """Return the time zone of a customer; ``own`` is their attribute ``time_zone``."""
    return _named(own or "") or _of_country((country or "").upper()) or workspace


@cache
def _named(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


@cache
def _of_country(country: str) -> ZoneInfo | None:
    zones = get_global("territory_zones").get(country, ())
    return _named(zones[0]) if 0 < len(zones) <= _ZONES_OF_ONE_DAY else None
