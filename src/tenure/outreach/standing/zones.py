"""On whose clock a customer lives: their own word, else their country's, else the workspace's."""

from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.core import get_global

# Countries of several clocks, and the one most people there live by.
_MOST_LIVE_BY = {
    "AR": "America/Argentina/Buenos_Aires",
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "CD": "Africa/Kinshasa",
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "FM": "Pacific/Chuuk",
    "GL": "America/Nuuk",
    "ID": "Asia/Jakarta",
    "KI": "Pacific/Tarawa",
    "KZ": "Asia/Almaty",
    "MN": "Asia/Ulaanbaatar",
    "MX": "America/Mexico_City",
    "NZ": "Pacific/Auckland",
    "PF": "Pacific/Tahiti",
    "PG": "Pacific/Port_Moresby",
    "PT": "Europe/Lisbon",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "US": "America/New_York",
}
_FEW = 3  # a country of more zones, and no clock above, has none that we could name
_NAMES = 2_000  # names remembered: customers write their own, and anything else too


def zone_of(own: str | None, country: str | None, workspace: ZoneInfo) -> ZoneInfo:
    """Return the time zone of a customer; ``own`` is their attribute ``time_zone``.

    In a country of several clocks it is the workspace's where that is one of them, else the one most people there live by.
    """
    return _named((own or "").strip()) or _of_country((country or "").upper(), workspace.key) or workspace


@lru_cache(_NAMES)
def _named(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


@lru_cache(_NAMES)
def _of_country(country: str, workspace: str) -> ZoneInfo | None:
    zones = get_global("territory_zones").get(country, ())
    here = get_global("zone_aliases").get(workspace, workspace)
    if country in _MOST_LIVE_BY and here in zones:
        return _named(here)
    return _named(_MOST_LIVE_BY.get(country) or (zones[0] if 0 < len(zones) <= _FEW else ""))
