"""Cursor paging: a page ends with an opaque cursor that says where the next one starts."""

import base64
import binascii
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from tenure.kit.errors import Invalid
from tenure.kit.i18n import Text

T = TypeVar("T")
_UNHOLDABLE = re.compile("[\0\ud800-\udfff]")  # characters no store can hold
_YEARS = range(1900, 9000)  # of what a page can begin after; every clock and zone holds them


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some items and where the rest begins; ``next_cursor`` is None on the last page."""

    items: Sequence[T]
    next_cursor: str | None


def encode_cursor(values: Sequence[object]) -> str:
    """Turn the sort values of the last row into an opaque cursor."""
    raw = json.dumps(list(values), ensure_ascii=False, separators=(",", ":"), default=str)
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def decode_cursor(cursor: str, length: int) -> list[object]:
    """Return the sort values in a cursor, or raise ``Invalid`` when it is not one of ours."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError, binascii.Error) as error:
        raise Invalid(_BAD_CURSOR) from error
    if not isinstance(values, list) or len(values) != length or any(map(_strange, values)):
        raise Invalid(_BAD_CURSOR)
    return values


def moment_cursor(cursor: str | None) -> tuple[datetime, str] | None:
    """Return the moment and the id in a cursor, nothing on the first page, or raise ``Invalid``."""
    if cursor is None:
        return None
    told, last = decode_cursor(cursor, 2)
    try:
        at = datetime.fromisoformat(told if isinstance(told, str) else "")
    except ValueError as error:
        raise Invalid(_BAD_CURSOR) from error
    if at.year not in _YEARS or not isinstance(last, str):
        raise Invalid(_BAD_CURSOR)
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC), last


def _strange(value: object) -> bool:
    return isinstance(value, list | dict) or (isinstance(value, str) and _UNHOLDABLE.search(value) is not None)


def next_cursor(found: Sequence[T], limit: int, sort_values: Callable[[T], Sequence[object]]) -> str | None:
    """Return where the next page begins, when one row more than the page's ``limit`` was found."""
    return encode_cursor(sort_values(found[limit - 1])) if len(found) > limit else None


_BAD_CURSOR = Text(
    "The page cursor is not valid; start again from the first page.", "分页游标无效，请从第一页重新开始。"
)
