"""Windows of local days follow one another without a gap, whatever the grain."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tenure.kit.errors import Invalid
from tenure.metrics.windows import GRAINS, Grain, Window, between, floor, step, trailing

days = some.dates(date(1990, 1, 1), date(2060, 1, 1))


@given(days, some.integers(1, 60), some.sampled_from(GRAINS))
def test_windows_cover_the_days_without_a_gap(start: date, length: int, grain: Grain) -> None:
    end = start + timedelta(days=length)
    windows = between(start, end, grain)
    assert windows[0].start <= start
    assert windows[-1].start < end <= windows[-1].end
    assert all(a.end == b.start and b.before() == a for a, b in pairwise(windows))


@given(days, some.sampled_from(GRAINS), some.integers(-40, 40))
def test_a_step_there_and_back_is_no_step(day: date, grain: Grain, count: int) -> None:
    first = floor(day, grain)
    assert first <= day < step(first, grain, 1)
    assert step(step(first, grain, count), grain, -count) == first


def test_weeks_begin_on_monday_and_quarters_in_january() -> None:
    assert floor(date(2026, 3, 1), "week") == date(2026, 2, 23)
    assert floor(date(2026, 5, 31), "quarter") == date(2026, 4, 1)
    assert [w.start for w in trailing(date(2026, 2, 3), "month", 3)] == [
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]


def test_a_window_without_a_grain_is_followed_back_by_its_own_length() -> None:
    assert Window(date(2026, 2, 1), date(2026, 2, 11)).before() == Window(date(2026, 1, 22), date(2026, 2, 1))


def test_too_many_windows_are_refused_before_they_are_asked() -> None:
    with pytest.raises(Invalid, match="coarser"):
        between(date(2000, 1, 1), date(2026, 1, 1), "day")
