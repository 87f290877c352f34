"""Which cases are asked for."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Wanted:
    """Which cases are asked for; None leaves a filter out. ``owner`` is a member's id, or "none"."""

    owner: str | None = None
    state: str | None = None
    tier: str | None = None
    signal: str | None = None
    customer: str | None = None
    overdue_at: datetime | None = None

    def values(self) -> dict[str, object]:
        """Return the filters as parameters."""
        return dict(vars(self))
