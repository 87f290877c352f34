"""What programs call themselves, and the networks scanners look from; both are data, in the order they are tried.

Sources, read in 2025: Apple's and Google's own notes on Mail Privacy Protection and the image proxy; Microsoft's list of
Exchange Online Protection addresses; Barracuda's list of Email Security Service ranges; names of HTTP libraries.
"""

import re
from functools import cache
from ipaddress import ip_network
from typing import Literal

Kind = Literal["empty", "scanner", "privacy_proxy", "image_proxy", "browser"]

_SCANNERS = re.compile(
    r"bot\b|spider|crawl|scan|preview|headless|phantomjs|selenium|puppeteer|playwright|"
    r"python|urllib|aiohttp|httpx|curl|wget|libwww|java/|okhttp|go-http|ruby|perl|node-fetch|axios|powershell|"
    r"barracuda|proofpoint|mimecast|symantec|trendmicro|fireeye|messagelabs|ironport|safelinks|"
    r"facebookexternalhit|slack-imgproxy|whatsapp|telegram|skypeuri|"
    r"^(?!Mozilla/).*CFNetwork/|^Dalvik/|PageRenderer|WebPreview",  # telephones that look before anybody presses
    re.IGNORECASE,
)
_IMAGE_PROXIES = re.compile(r"GoogleImageProxy|YahooMailProxy|via ggpht\.com", re.IGNORECASE)
_PRIVACY_PROXIES = frozenset({"Mozilla/5.0"})  # Apple Mail Privacy Protection says no more than this

SCANNER_NETWORKS: tuple[str, ...] = (
    "40.92.0.0/15", "40.107.0.0/16", "52.100.0.0/14", "104.47.0.0/17",  # Exchange Online Protection
    "64.235.144.0/20", "209.222.80.0/21",  # Barracuda Email Security Service
)  # fmt: skip


@cache
def kind_of(agent: str) -> Kind:
    """Say what sort of program an agent's name belongs to; a scanner that calls itself a browser counts as one."""
    if not agent.strip():
        return "empty"
    if agent.strip() in _PRIVACY_PROXIES:
        return "privacy_proxy"
    if _IMAGE_PROXIES.search(agent):
        return "image_proxy"
    return "scanner" if _SCANNERS.search(agent) else "browser"


@cache
def of_a_scanner(network: str) -> bool:
    """Say whether a network belongs to one that scanners look from."""
    try:
        asked = ip_network(network)
    except ValueError:
        return False
    return any(asked.version == known.version and asked.subnet_of(known) for known in _NETWORKS)  # type: ignore[arg-type]


_NETWORKS = tuple(ip_network(name) for name in SCANNER_NETWORKS)
