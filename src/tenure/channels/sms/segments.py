"""How many text messages a text is: GSM-7 or UCS-2, one piece or several.

A piece of GSM-7 holds 160 septets, or 153 when there are several; of UCS-2 70 units, or 67 (3GPP TS 23.038 and 23.040). A character
of two units is never cut in half: when it does not fit into a piece it begins the next one.
"""

from dataclasses import dataclass
from typing import Literal

Encoding = Literal["GSM-7", "UCS-2"]

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("\f^{}\\[~]|€")
_SIZES: dict[Encoding, tuple[int, int]] = {"GSM-7": (160, 153), "UCS-2": (70, 67)}


@dataclass(frozen=True, slots=True)
class Segments:
    """The encoding, the units used, the pieces they make, the units left in the last piece, and what forces UCS-2."""

    encoding: Encoding
    units: int
    pieces: int
    left: int
    costly: tuple[str, ...] = ()


def segments(text: str) -> Segments:
    """Count a text; ``costly`` names the characters that alone make it UCS-2, when there are few."""
    strange = dict.fromkeys(character for character in text if character not in _BASIC | _EXTENSION)
    encoding: Encoding = "UCS-2" if strange else "GSM-7"
    weights = [_weight(character, encoding) for character in text]
    units = sum(weights)
    whole, part = _SIZES[encoding]
    if units <= whole:
        return Segments(encoding, units, 1 if text else 0, whole - units, _few(strange))
    pieces, used = 1, 0
    for weight in weights:
        if used + weight > part:
            pieces, used = pieces + 1, 0
        used += weight
    return Segments(encoding, units, pieces, part - used, _few(strange))


def _weight(character: str, encoding: Encoding) -> int:
    if encoding == "GSM-7":
        return 2 if character in _EXTENSION else 1
    return 2 if ord(character) > 0xFFFF else 1


def _few(strange: dict[str, None]) -> tuple[str, ...]:
    return tuple(strange) if len(strange) <= 5 else ()
