"""The rules of the gate as a workspace sets them; every set of rules has a version that decisions name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Literal

Period = Literal["day", "week", "month"]
ConsentRule = Literal["opt_in", "opt_out"]


@dataclass(frozen=True, slots=True)
class Hours:
    """When a channel may speak, on the customer's own clock: from ``opens`` until before ``closes``.

    ``weekdays`` counts Monday as 0. Holidays of the customer's country are closed when ``holidays`` says so.
    """

    opens: time = time(8)
    closes: time = time(21)
    weekdays: frozenset[int] = frozenset(range(7))
    holidays: bool = False


@dataclass(frozen=True, slots=True)
class Cap:
    """At most ``limit`` contacts in a window: the last ``hours``, or a calendar ``period`` on the customer's clock.

    Exactly one of the two is given. What is left empty counts everything: all channels, all categories, all tags.
    """

    name: str
    limit: int
    hours: float | None = None
    period: Period | None = None
    channel: str | None = None
    category: str | None = None
    tag: str | None = None

    def __post_init__(self) -> None:
        if (self.hours is None) == (self.period is None):
            raise ValueError("a cap has either hours or a calendar period")

    def counts(self, channel: str, category: str, tags: frozenset[str]) -> bool:
        """Say whether a contact falls under this cap."""
        return (
            (self.channel is None or self.channel == channel)
            and (self.category is None or self.category == category)
            and (self.tag is None or self.tag in tags)
        )


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be spent in a calendar period, over a channel and a category or over all."""

    name: str
    limit: Decimal
    period: Period = "month"
    channel: str | None = None
    category: str | None = None

    def covers(self, channel: str, category: str) -> bool:
        """Say whether a contact is paid from this budget."""
        return self.channel in (None, channel) and self.category in (None, category)


@dataclass(frozen=True, slots=True)
class Policy:
    """All rules of the gate. A purpose or channel that is not named follows the default."""

    version: str
    consent: Mapping[str, ConsentRule] = field(default_factory=dict)
    consent_default: ConsentRule = "opt_in"
    hours: Mapping[str, Hours] = field(default_factory=dict)
    caps: tuple[Cap, ...] = ()
    budgets: tuple[Budget, ...] = ()
    holidays: Mapping[str, frozenset[date]] = field(default_factory=dict)
