"""Wall-clock times to UTC, for whole columns; the counterpart of ``History.local``."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

Moments = npt.NDArray[np.int64]
FIRST_YEAR, LAST_YEAR = 1995, 2101  # offsets outside are taken as those at the edge, as the lake's readers do
SECOND = 1_000_000


def to_utc(wall: Moments, zone: str) -> Moments:
    """Turn wall-clock microseconds into UTC microseconds; of a repeated hour the first one is meant."""
    starts, offsets = _offsets(zone)
    if len(starts) == 1:
        moved: Moments = wall - offsets[0]
        return moved
    day = 86_400 * SECOND
    before = offsets[_at(starts, wall - day)]
    after = offsets[_at(starts, wall + day)]
    early, late = wall - before, wall - after
    agrees = offsets[_at(starts, early)] == before
    late_agrees = offsets[_at(starts, late)] == after
    return np.where(agrees | ~late_agrees, early, late)


def _at(starts: Moments, moments: Moments) -> Moments:
    return np.clip(np.searchsorted(starts, moments, side="right") - 1, 0, None)


@lru_cache(maxsize=32)
def _offsets(zone: str) -> tuple[Moments, Moments]:
    zoneinfo = ZoneInfo(zone)
    moment, end = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR, 1, 1, tzinfo=UTC)
    found = [(moment, _offset(zoneinfo, moment))]
    while moment < end:
        later = moment + timedelta(days=7)
        if _offset(zoneinfo, later) != found[-1][1]:
            found.append((_change(zoneinfo, moment, later), _offset(zoneinfo, later)))
        moment = later
    starts = np.array([int(since.timestamp()) * SECOND for since, _ in found], np.int64)
    return starts, np.array([seconds * SECOND for _, seconds in found], np.int64)


def _offset(zone: ZoneInfo, moment: datetime) -> int:
    return int((moment.astimezone(zone).utcoffset() or timedelta()).total_seconds())


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    first = _offset(zone, before)
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        before, after = (middle, after) if _offset(zone, middle) == first else (before, middle)
    return after.replace(microsecond=0)
