"""Which encoding a text file is in: its mark, else UTF-8 if every byte agrees, else GB18030 or Western."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CHUNK = 1 << 20
COMMON_SHARE = 0.6  # of the double bytes in Chinese text, level-one hanzi and punctuation are nearly all


def detect_encoding(stream: BinaryIO) -> str:
    """Read a stream to its end and name its encoding."""
    head = stream.read(4)
    for mark, name in MARKS:
        if head.startswith(mark):
            return name
    stream.seek(0)
    if _decodes(stream, "utf-8"):
        return "utf-8"
    stream.seek(0)
    if _decodes(stream, "gb18030"):
        stream.seek(0)
        if _common_hanzi_share(stream) >= COMMON_SHARE:
            return "gb18030"
    return "cp1252" if _is_western(stream) else "latin-1"


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        yield chunk


def _decodes(stream: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in _chunks(stream):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _common_hanzi_share(stream: BinaryIO) -> float:
    """Return how many of the double bytes are everyday Chinese; Western accents rarely fall there."""
    common = total = 0
    decoder = codecs.getincrementaldecoder("gb18030")()
    for chunk in _chunks(stream):
        foreign = [character for character in decoder.decode(chunk) if ord(character) > 127]
        total += len(foreign)
        common += sum(1 for character in foreign if _is_common(character.encode("gb18030")))
        if total > CHUNK:
            break
    return common / total if total else 0.0


def _is_common(code: bytes) -> bool:
    level_one = 0xB0 <= code[0] <= 0xD7 and len(code) == 2 and code[1] >= 0xA1
    punctuation = code[0] in (0xA1, 0xA3) and len(code) == 2
    return level_one or punctuation


def _is_western(stream: BinaryIO) -> bool:
    stream.seek(0)
    return _decodes(stream, "cp1252")
