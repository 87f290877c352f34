"""From bytes somebody sent to a JSON object, within bounds whatever was sent."""

import json
import zlib
from collections.abc import Sequence

from tenure.sources.tracking.words import DEEPEST, LARGEST_BODY, LARGEST_EVENT, STATUSES

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":"))


class Fault(Exception):
    """A whole request that is not taken; ``code`` names a sentence of ``words.FAULTS``."""

    def __init__(self, code: str, wait: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.status = STATUSES.get(code, 400)
        self.wait = wait


class NamedTwice(dict[str, object]):
    """An object some of whose fields were named more than once; which one was meant nobody can say."""


_CONTAINERS = (dict, list, NamedTwice)


def unpacked(body: bytes, encoding: str) -> bytes:
    """Undo a body's ``Content-Encoding``; reads no further than a body may be long."""
    if encoding in ("", "identity"):
        return body
    if encoding not in ("gzip", "x-gzip"):
        raise Fault("bad_encoding")
    reader = zlib.decompressobj(wbits=31)
    try:
        plain = reader.decompress(body, LARGEST_BODY + 1)
    except zlib.error as error:
        raise Fault("bad_encoding") from error
    if len(plain) > LARGEST_BODY or reader.unconsumed_tail:
        raise Fault("body_too_large")
    if not reader.eof:
        raise Fault("bad_encoding")
    return plain


def parsed(body: bytes) -> dict[str, object]:
    """Read a JSON object."""
    if len(body) > LARGEST_BODY:
        raise Fault("body_too_large")
    try:
        told = json.loads(body.decode("utf-8"), object_pairs_hook=_object, parse_constant=_constant)
    except UnicodeDecodeError as error:
        raise Fault("not_utf8") from error
    except RecursionError as error:
        raise Fault("body_too_deep") from error
    except ValueError as error:
        raise Fault("not_json") from error
    if not isinstance(told, dict):
        raise Fault("body_not_an_object")
    return told


def written(item: dict[str, object]) -> tuple[str, str | None]:
    """Write an event as JSON again; returns it, and the code of why it cannot be stored."""
    code = _misshapen(item)
    if code is not None:
        return "", code
    try:
        text = _ENCODER.encode(item)
    except ValueError:
        return "", "bad_number"
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        return "", "bad_text"
    if size > LARGEST_EVENT:
        return "", "too_large"
    return text, "bad_text" if "\\u0000" in text and _holds_nul(item) else None


def _misshapen(item: dict[str, object]) -> str | None:
    level: Sequence[object] = (item,)
    for _ in range(DEEPEST):
        inside: list[object] = []
        for found in level:
            if type(found) is NamedTwice:
                return "twice_named"
            values = found.values() if isinstance(found, dict) else found
            inside += [value for value in values if type(value) in _CONTAINERS]  # type: ignore[attr-defined]
        if not inside:
            return None
        level = inside
    return "too_deep"


def _holds_nul(told: object) -> bool:
    if isinstance(told, str):
        return "\0" in told
    if isinstance(told, dict):
        return any(_holds_nul(name) or _holds_nul(value) for name, value in told.items())
    return isinstance(told, list) and any(_holds_nul(value) for value in told)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    return made if len(made) == len(pairs) else NamedTwice(made)


def _constant(name: str) -> object:
    raise ValueError(name)  # NaN and the infinities are no JSON
