"""Which periods a question is about when the person asking did not say."""

from datetime import date, timedelta

from tenure.metrics import shelf, windows
from tenure.metrics.windows import Grain, Window
from tenure.warehouse.history import History

USUAL_COUNT = 12


def choose_windows(history: History, start: date | None, end: date | None, grain: Grain | None) -> tuple[Window, ...]:
    """Return the windows asked for, or the last twelve of a grain that have data."""
    if start is not None and end is not None:
        return windows.between(start, end, grain)
    last = newest_day(history)
    if start is not None:
        return windows.between(start, max(last, start) + timedelta(days=1), grain)
    day = last if end is None else end - timedelta(days=1)
    return windows.trailing(day, grain or "month", USUAL_COUNT)


def seen_until(history: History) -> date:
    """Return the first local day of whose sales we have not seen the end.

    Later days are as unknown as the future: when nobody at all has bought since, the file most likely ends there, and
    taking its silence for that of the customers would make losses of them.
    """
    today = history.wall(history.as_of).date()
    newest = shelf.newest_order(history)
    return today if newest is None else min(today, history.wall(newest).date() + timedelta(days=1))


def newest_day(history: History) -> date:
    """Return the local day of the newest order, or of ``as_of`` when there is none or it is later."""
    newest = shelf.newest_order(history)
    today = history.wall(history.as_of).date()
    return today if newest is None else min(today, history.wall(newest).date())
