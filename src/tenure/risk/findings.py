"""What a refresh found, as the pages read it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Findings:
    """One refresh: as of when (naive UTC), on which snapshot of the lake, and the pages made from it."""

    as_of: datetime
    refreshed_at: datetime
    snapshot: int
    customers: int
    notes: list[object]
    overview: dict[str, object]
    predictions: dict[str, object]
