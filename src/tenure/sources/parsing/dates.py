"""Dates and times as people and programs write them, read for a whole column at once.

2024-03-05 14:05 · 2024/3/5 · 2024年3月5日 下午2:05 · 20240305 · 05/03/2024 · 05-Mar-2024 · March 5, 2024 ·
Tue, 05 Mar 2024 14:05:00 +0800 · 45356.5 (a spreadsheet's day number) · 1709647500 (seconds since 1970).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tenure.sources.parsing.parsed import Parsed
from tenure.sources.parsing.text import matches, plain, replaced
from tenure.sources.parsing.zones import SECOND, to_utc

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Order = Literal["dmy", "mdy"]
DAY = 86_400 * SECOND
YEARS = (1900, 2200)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>" + "|".join(MONTHS) + r")[a-z]*\.?"
_HALF = r"\s*(?P<half0>上午|下午|晚上|凌晨|中午|早上)?\s*"
_TIME = (
    rf"(?:[ tT,]*{_HALF}(?P<hour>\d{{1,2}})[:时点.](?P<minute>\d{{1,2}})?(?:[:分.](?P<second>\d{{1,2}})?)?"
    r"(?:[.,](?P<fraction>\d{1,9}))?[秒分]?\s*(?P<half>[aApP]\.?[mM]\.?)?)?"
)
_ZONE = r"\s*(?P<zone>[zZ]|UTC|GMT|(?:UTC|GMT)?[+-]\d{2}:?\d{2}|[+-]\d{2})?(?:\s*\([A-Za-z ]+\))?$"
_WEEKDAY = r"(?i)^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+|(?:星期|周)[一二三四五六日天]\s*)?"
YEAR_FIRST = r"^(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?(?:\s*(?:星期|周)[一二三四五六日天])?"
COMPACT = r"^(?P<year>(?:19|20|21)\d{2})(?P<month>\d{2})(?P<day>\d{2})[tT ]?(?:(?P<hour>\d{2}):?(?P<minute>\d{2}):?(?P<second>\d{2})?)?"
NUMERIC = r"^(?P<first>\d{1,2})[-/.](?P<other>\d{1,2})[-/.](?P<year>\d{4}|\d{2})"
DAY_FIRST = _WEEKDAY + r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[-/., ]+" + _MONTH + r"[-/., ]+(?P<year>\d{4}|\d{2})"
MONTH_FIRST = _WEEKDAY + _MONTH + r"[-/. ]+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?[-/. ]+(?P<year>\d{4})"
SERIAL = r"^\d{5}(\.\d+)?$"
EPOCH = r"^-?\d{9,10}(\.\d+)?$|^\d{12,13}$|^\d{15,16}$"
UNIX_DAY_OF_SERIAL_ZERO = -25_569  # 1899-12-30, from which spreadsheets count days


@dataclass(frozen=True)
class OrderEvidence:
    """How many texts can only be day-month, only month-day, or either."""

    day_first: int
    month_first: int
    either: int

    @property
    def order(self) -> Order | None:
        """Return the order that more texts prove, or None when none proves any."""
        if self.day_first == self.month_first:
            return None
        return "dmy" if self.day_first > self.month_first else "mdy"

    def __add__(self, other: "OrderEvidence") -> "OrderEvidence":
        """Add up what two batches show."""
        return OrderEvidence(
            self.day_first + other.day_first, self.month_first + other.month_first, self.either + other.either
        )


def order_evidence(texts: pa.Array) -> OrderEvidence:
    """Count what a column's texts prove about day-month and month-day."""
    parts = pc.extract_regex(plain(texts), pattern=NUMERIC)
    first, other = _integers(pc.struct_field(parts, "first")), _integers(pc.struct_field(parts, "other"))
    present = first >= 0
    return OrderEvidence(
        day_first=int((present & (first > 12) & (other <= 12)).sum()),
        month_first=int((present & (other > 12) & (first <= 12)).sum()),
        either=int((present & (first <= 12) & (other <= 12) & (first != other)).sum()),
    )


def parse_times(texts: pa.Array, order: Order, zone: str) -> Parsed:
    """Read moments into naive UTC; a text without a zone is the wall clock of ``zone``."""
    cleaned = plain(texts)
    wall, offset = _moments(cleaned, order)
    naive = offset == NO_OFFSET
    utc = np.where(naive, to_utc(np.where(wall == MISSING, 0, wall), zone), wall - np.where(naive, 0, offset))
    utc = np.where(wall == MISSING, MISSING, utc)
    return Parsed.of(cleaned, pa.array(utc, mask=wall == MISSING).cast(pa.timestamp("us")))


def parse_dates(texts: pa.Array, order: Order) -> Parsed:
    """Read calendar dates; a time of day is left out."""
    cleaned = plain(texts)
    wall, _ = _moments(cleaned, order)
    days = np.where(wall == MISSING, 0, wall // DAY).astype(np.int32)
    return Parsed.of(cleaned, pa.array(days, mask=wall == MISSING).cast(pa.date32()))


MISSING = np.iinfo(np.int64).min
NO_OFFSET = np.iinfo(np.int64).max


def _moments(cleaned: pa.Array, order: Order) -> tuple[Numbers, Numbers]:
    """Return wall-clock microseconds (MISSING where unread) and the offset written beside them (or NO_OFFSET)."""
    lowered = pc.utf8_lower(cleaned)
    wall = np.full(len(cleaned), MISSING)
    offset = np.full(len(cleaned), NO_OFFSET)
    for pattern in (YEAR_FIRST, COMPACT, NUMERIC, DAY_FIRST, MONTH_FIRST):
        timed = "" if pattern is COMPACT else _TIME
        left = np.flatnonzero((wall == MISSING) & _flags(matches(lowered, pattern)))
        if len(left):
            parts = pc.extract_regex(lowered.take(pa.array(left)), pattern=f"{pattern}{timed}(?i){_ZONE}")
            wall[left], offset[left] = _assembled(parts, order)
    _read_counts(cleaned, wall, offset)
    return wall, offset


def _assembled(parts: pa.StructArray, order: Order) -> tuple[Numbers, Numbers]:
    names = {field.name for field in parts.type}

    def number(name: str, default: int) -> Numbers:
        if name not in names:
            return np.full(len(parts), default)
        found = _integers(pc.struct_field(parts, name))
        return np.where(found < 0, default, found)

    year, month, day = _calendar(parts, names, number, order)
    hour = _hour(parts, names, number("hour", 0))
    minute, second = number("minute", 0), number("second", 0)
    read = _flags(pc.is_valid(parts)) & _possible(year, month, day)
    read &= (hour < 24) & (minute < 60) & (second < 60)
    days = _days(np.where(read, year, 1970), np.where(read, month, 1), np.where(read, day, 1))
    wall = days * DAY + ((hour * 60 + minute) * 60 + second) * SECOND + _fraction(parts, names)
    return np.where(read, wall, MISSING), _offset_of(parts)


def _calendar(
    parts: pa.StructArray, names: set[str], number: Callable[[str, int], Numbers], order: Order
) -> tuple[Numbers, Numbers, Numbers]:
    year = number("year", -1)
    year = np.where((year >= 0) & (year < 100), year + np.where(year < 70, 2000, 1900), year)
    if "first" in names:
        first, other = number("first", -1), number("other", -1)
        return (year, other, first) if order == "dmy" else (year, first, other)
    month = number("month", -1)
    words = pc.index_in(pc.struct_field(parts, "month"), value_set=pa.array(MONTHS))
    by_word = pc.fill_null(words, -1).to_numpy(zero_copy_only=False) + 1
    return year, np.where(by_word > 0, by_word, month), number("day", -1)


def _hour(parts: pa.StructArray, names: set[str], hour: Numbers) -> Numbers:
    if "half" not in names:
        return hour
    after, before = pc.struct_field(parts, "half"), pc.struct_field(parts, "half0")
    evening = _flags(pc.or_(pc.starts_with(after, "p"), pc.is_in(before, value_set=pa.array(["下午", "晚上"]))))
    noon = _flags(pc.equal(before, "中午"))
    morning = _flags(pc.or_(pc.starts_with(after, "a"), pc.is_in(before, value_set=pa.array(["上午", "凌晨"]))))
    hour = np.where((evening & (hour < 12)) | (noon & (hour < 3)), hour + 12, hour)
    return np.where(morning & (hour == 12), 0, hour)


def _fraction(parts: pa.StructArray, names: set[str]) -> Numbers:
    if "fraction" not in names:
        return np.zeros(len(parts), np.int64)
    digits = pc.utf8_slice_codeunits(pc.utf8_rpad(pc.struct_field(parts, "fraction"), 6, "0"), 0, 6)
    found = _integers(digits)
    return np.where(found < 0, 0, found)


def _offset_of(parts: pa.StructArray) -> Numbers:
    written = replaced(pc.utf8_upper(pc.struct_field(parts, "zone")), "UTC|GMT|:|Z")
    given = _flags(pc.is_valid(written)) & _flags(pc.not_equal(pc.struct_field(parts, "zone"), ""))
    digits = _integers(pc.utf8_rpad(replaced(written, "[+-]"), 4, "0"))
    seconds = np.where(digits < 0, 0, (digits // 100) * 3600 + (digits % 100) * 60)
    sign = np.where(_flags(pc.starts_with(written, "-")), -1, 1)
    return np.where(given, sign * seconds * SECOND, NO_OFFSET)


def _read_counts(cleaned: pa.Array, wall: Numbers, offset: Numbers) -> None:
    """Read day numbers of spreadsheets and counts of seconds since 1970."""
    serial = np.flatnonzero((wall == MISSING) & _flags(matches(cleaned, SERIAL)))
    if len(serial):
        days = pc.cast(cleaned.take(pa.array(serial)), pa.float64()).to_numpy(zero_copy_only=False)
        wall[serial] = np.round((days + UNIX_DAY_OF_SERIAL_ZERO) * 86_400).astype(np.int64) * SECOND
    epoch = np.flatnonzero((wall == MISSING) & _flags(matches(cleaned, EPOCH)))
    if len(epoch):
        counts = pc.cast(cleaned.take(pa.array(epoch)), pa.float64()).to_numpy(zero_copy_only=False)
        scale = np.where(np.abs(counts) < 1e11, 1e6, np.where(np.abs(counts) < 1e14, 1e3, 1.0))
        wall[epoch] = np.round(counts * scale).astype(np.int64)
        offset[epoch] = 0


def _possible(year: Numbers, month: Numbers, day: Numbers) -> Flags:
    inside = (year >= YEARS[0]) & (year < YEARS[1]) & (month >= 1) & (month <= 12) & (day >= 1)
    safe_year, safe_month = np.where(inside, year, 2000), np.where(inside, month, 1)
    first = _days(safe_year, safe_month, np.ones_like(safe_year))
    following = _days(safe_year + safe_month // 12, safe_month % 12 + 1, np.ones_like(safe_year))
    return inside & (day <= following - first)


def _days(year: Numbers, month: Numbers, day: Numbers) -> Numbers:
    """Return days since 1970-01-01."""
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    return months.astype("datetime64[D]").astype(np.int64) + day - 1


def _integers(texts: pa.Array) -> Numbers:
    """Return digits as integers, -1 where there are none."""
    digits = matches(texts, r"^\d{1,18}$")
    spelled = pc.fill_null(pc.if_else(digits, texts, "-1"), "-1")
    integers: Numbers = pc.cast(spelled, pa.int64()).to_numpy(zero_copy_only=False)
    return integers


def _flags(mask: pa.Array) -> Flags:
    flags: Flags = pc.fill_null(mask, False).to_numpy(zero_copy_only=False)
    return flags
