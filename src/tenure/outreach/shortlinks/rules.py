"""Short addresses for links of text messages: how a code is made, where links stand in a text, and what stands there instead.

A code is keyed: nobody guesses one, and the same link of the same send has the same one however often it is prepared.
"""

import hashlib
import hmac
import re
from collections.abc import Callable, Iterable

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"  # without 0, O, I and l, which look alike
LENGTH = 8  # 58 to the 8th are 128 million million
MOST_BYTES = 2_000  # of a target; longer ones stay as they are
_OURS = ("unsubscribe", "preferences", "confirm", "r", "o", "l", "media")
# Only what RFC 3986 writes a link with: in Chinese the next word follows without a space.
_LINK = re.compile(r"https?://[A-Za-z0-9\-._~:/?#@!$&*+,;=%\[\]]+", re.IGNORECASE)
_ENDS = ".,;:!?"
_CODE = re.compile(rf"([{ALPHABET}]{{{LENGTH}}})(?![A-Za-z0-9])")
_EXAMPLE = "".join(ALPHABET[place] for place in range(10, 10 + LENGTH))


def code_of(key: bytes, send: str, target: str, attempt: int = 0) -> str:
    """Return the code of a link of a send; ``attempt`` counts how often another link had it already."""
    told = "\x1f".join((send, target, str(attempt))).encode("utf-8", "surrogatepass")
    number = int.from_bytes(hmac.digest(key, told, hashlib.sha256)[:16], "big")
    letters = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def code_in(token: str) -> str | None:
    """Return the code an address ends with; words a phone took for a part of the address are left out."""
    found = _CODE.match(token)
    return None if found is None else found[1]


def address(base: str, code: str) -> str:
    """Return where a code is pressed."""
    return f"{base.rstrip('/')}/l/{code}"


def links_in(text: str, base: str) -> Iterable[str]:
    """Return the links of a text that may be led through us, each once."""
    return dict.fromkeys(link for found in _LINK.finditer(text) if _may_lead(link := found[0].rstrip(_ENDS), base))


def led(text: str, base: str, code: Callable[[str], str | None]) -> str:
    """Return a text with its links led through us; one without a code stays as it is."""

    def instead(found: re.Match[str]) -> str:
        link = found[0].rstrip(_ENDS)
        short = code(link) if _may_lead(link, base) else None
        return found[0] if short is None else address(base, short) + found[0][len(link) :]

    return _LINK.sub(instead, text)


def shown(text: str, base: str) -> str:
    """Return a text as long as it will be when its links are led through us, with a code that leads nowhere."""
    return led(text, base, lambda _: _EXAMPLE)


def _may_lead(link: str, base: str) -> bool:
    if len(link.encode()) > MOST_BYTES or len(link) <= len("https://"):
        return False
    return not link.startswith(tuple(f"{base.rstrip('/')}/{place}/" for place in _OURS))
