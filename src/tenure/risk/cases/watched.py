"""One look at all customers: as of when they are judged, and when that is done."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Watched:
    """The instants of one look: as of when customers are judged, and when that is done."""

    as_of: datetime
    now: datetime

    def values(self) -> dict[str, object]:
        """Return them as parameters; ``stamp`` names the look."""
        return {"as_of": self.as_of, "now": self.now, "stamp": self.as_of.isoformat()}
