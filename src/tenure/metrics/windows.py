"""Stretches of local days that numbers are about: half-open, by day, week, month, quarter or year."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from tenure.kit.errors import FieldProblem, Invalid
from tenure.kit.i18n import Text

Grain = Literal["day", "week", "month", "quarter", "year"]
GRAINS: tuple[Grain, ...] = get_args(Grain)
MOST_WINDOWS = 400  # a chart of more points tells nobody anything, and each point is a scan of bits
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Window:
    """The local days from ``start`` up to, and without, ``end``."""

    start: date
    end: date
    grain: Grain | None = None

    def before(self) -> "Window":
        """Return the window of the same kind that ends where this one starts."""
        if self.grain is None:
            return Window(self.start - (self.end - self.start), self.start)
        return Window(step(self.start, self.grain, -1), self.start, self.grain)


def floor(day: date, grain: Grain) -> date:
    """Return the first day of the day's week (Monday), month, quarter or year."""
    if grain == "day":
        return day
    if grain == "week":
        return day - timedelta(days=day.weekday())
    size = _MONTHS[grain]
    return date(day.year, (day.month - 1) // size * size + 1, 1)


def step(day: date, grain: Grain, count: int) -> date:
    """Return the first day of the window ``count`` windows later; ``day`` is the first day of one."""
    if grain in ("day", "week"):
        return day + timedelta(days=count * (7 if grain == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * _MONTHS[grain]
    return date(months // 12, months % 12 + 1, 1)


def between(start: date, end: date, grain: Grain | None) -> tuple[Window, ...]:
    """Cut the days from ``start`` up to ``end`` into whole windows of a grain; without one they are one window."""
    if end <= start:
        raise _wrong("/end", Text("The end must be after the start.", "结束日期必须晚于开始日期。"))
    if grain is None:
        return (Window(start, end),)
    windows = []
    first = floor(start, grain)
    while first < end:
        windows.append(Window(first, step(first, grain, 1), grain))
        first = windows[-1].end
        if len(windows) > MOST_WINDOWS:
            message = Text(
                "More than {most} periods; choose a coarser grain.", "超过 {most} 个周期，请选择更粗的粒度。"
            )
            raise _wrong("/grain", message.fill(most=MOST_WINDOWS))
    return tuple(windows)


def trailing(day: date, grain: Grain, count: int) -> tuple[Window, ...]:
    """Return the ``count`` windows of a grain that end with the one a day lies in."""
    last = floor(day, grain)
    return between(step(last, grain, 1 - count), step(last, grain, 1), grain)


def _wrong(path: str, message: Text) -> Invalid:
    return Invalid(message, fields=(FieldProblem(path, message),))
