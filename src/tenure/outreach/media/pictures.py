"""What a file is, by its own first bytes: the four kinds of picture every mail program shows, and how large each is.

A name or a declared type proves nothing. SVG is refused: it can carry scripts, and mail programs do not show it.
"""

import struct
from dataclasses import dataclass

LARGEST = 2_000_000  # bytes; a mail that loads longer is not waited for
WIDEST = 8_000  # pixels to a side; a small file may unfold to gigabytes
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the JPEG segments that say how large the picture is


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its type on the wire, the ending of its name, and its size in pixels."""

    type: str
    ending: str
    width: int
    height: int


def picture_of(content: bytes) -> Picture | None:
    """Return what a file shows, or None when it is no picture of the four kinds, or is cut off."""
    for look in (_png, _jpeg, _gif, _webp):
        try:
            found = look(content)
        except (struct.error, IndexError):
            return None
        if found is not None:
            return found if 0 < found.width <= WIDEST and 0 < found.height <= WIDEST else None
    return None


def _png(content: bytes) -> Picture | None:
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or content[12:16] != b"IHDR" or b"IEND" not in content[-16:]:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return Picture("image/png", "png", width, height)


def _gif(content: bytes) -> Picture | None:
    if content[:6] not in (b"GIF87a", b"GIF89a"):
        return None
    width, height = struct.unpack("<HH", content[6:10])
    return Picture("image/gif", "gif", width, height)


def _jpeg(content: bytes) -> Picture | None:
    if not content.startswith(b"\xff\xd8\xff"):
        return None
    place = 2
    while place + 9 < len(content):
        if content[place] != 0xFF:
            return None
        marker = content[place + 1]
        if marker == 0xFF:  # padding
            place += 1
        elif marker in _FRAMES:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return Picture("image/jpeg", "jpg", width, height)
        else:
            (length,) = struct.unpack(">H", content[place + 2 : place + 4])
            place += 2 + length
    return None


def _webp(content: bytes) -> Picture | None:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return None
    form = content[12:16]
    if form == b"VP8X":
        width = int.from_bytes(content[24:27], "little") + 1
        height = int.from_bytes(content[27:30], "little") + 1
    elif form == b"VP8L" and content[20] == 0x2F:
        packed = int.from_bytes(content[21:25], "little")
        width, height = (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
    elif form == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        width, height = (side & 0x3FFF for side in struct.unpack("<HH", content[26:30]))
    else:
        return None
    return Picture("image/webp", "webp", width, height)
