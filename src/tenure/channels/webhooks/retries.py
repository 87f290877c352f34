"""When a webhook is tried again, and when it is given up."""

from datetime import datetime, timedelta

LONGEST = timedelta(hours=72)
_WAITS = (5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 43_200)  # seconds; the last one is repeated


def next_try(first: datetime, tries: int, now: datetime, spread: float, asked: float = 0.0) -> datetime | None:
    """Return when to try again after so many tries, or nothing when 72 hours are over.

    ``spread`` between 0 and 1 moves each wait by up to a fifth, so that many do not knock at once; a receiver may ask for a longer wait.
    """
    wait = _WAITS[min(max(tries, 1), len(_WAITS)) - 1] * (0.9 + 0.2 * spread)
    at = now + timedelta(seconds=max(wait, asked))
    return at if at <= first + LONGEST else None
