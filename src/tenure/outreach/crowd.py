"""How much one address of the world may ask of what is open to everybody."""

from ipaddress import ip_address, ip_network

from tenure.kit.errors import TooMany
from tenure.kit.i18n import Text
from tenure.sources.tracking.speed import Speed

PER_SECOND = 50  # as pages of the shop may; ten seconds of it may come at once
_WEIGHT = 100  # what one request takes of the room, so that no more than those ten seconds fit
_SITE = 64  # bits of IPv6 that belong to one household


def mind(speed: Speed, what: str, address: str, now: float, requests: float = 1.0) -> None:
    """Count requests of an address against what it may ask for, or raise ``TooMany``; ``now`` is in seconds."""
    if speed.wait(f"{what} {_household(address)}", round(requests * _WEIGHT), PER_SECOND * _WEIGHT, now):
        raise TooMany(Text("Too much at once; try again later.", "请求过于频繁，请稍后重试。"))


def _household(address: str) -> str:
    """Return an address as it is counted: of IPv6 the network in front, for one house has more addresses than can be counted."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:60]
    return address if found.version == 4 else str(ip_network(f"{found}/{_SITE}", strict=False))
