"""What can be known of reading over each channel: what nobody measures is not nought.

A text message does not tell that it was read, a push only that it was pressed. WeCom gives the same words to every customer of a
task, so there nothing can be told apart.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

_BY_MARKS = {"email": (True, True), "sms": (False, True)}
_BY_OURSELVES = {"in_app": (True, True)}
_BY_THE_BROWSER = {"push": (False, True)}


@dataclass(frozen=True, slots=True)
class ChannelReading:
    """How a message was read over a channel; empty is what is not measured there."""

    channel: str
    sent: int
    opened: int | None
    clicked: int | None
    opened_by_machines: int | None
    clicked_by_machines: int | None


def channel_reading(row: Any, marked: Collection[str], *, reached: bool) -> ChannelReading:
    """Leave out what is not measured; ``marked`` are channels that went with marks, ``reached`` says whether a browser reaches us."""
    channel = str(row["channel"])
    measured = {**_BY_OURSELVES, **(_BY_THE_BROWSER if reached else {})}
    measured |= {name: what for name, what in _BY_MARKS.items() if name in marked}
    opens, clicks = measured.get(channel, (False, False))
    return ChannelReading(
        channel,
        int(row["sent"]),
        int(row["opened"]) if opens else None,
        int(row["clicked"]) if clicks else None,
        int(row["opened_by_machines"]) if opens else None,
        int(row["clicked_by_machines"]) if clicks else None,
    )


def in_all(found: Sequence[int | None]) -> int | None:
    """Add up what is measured; nothing where nothing is."""
    known = [one for one in found if one is not None]
    return sum(known) if known else None
