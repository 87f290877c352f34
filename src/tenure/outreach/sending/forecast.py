"""What would become of some sends: counted by what the gate says and why, with when the waiting ones would go."""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tenure.outreach.ledger.asks import Stayed

MOST_LOOKED_AT = 5_000  # of a larger audience; a share is then known to 1.4 points
EXAMPLES = 5
_Z = 1.96  # 95 of 100 intervals hold the truth


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many of all customers an outcome is likely to meet, and between how many with a confidence of 95 %."""

    count: int
    low: int
    high: int


@dataclass(slots=True)
class Outcome:
    """What would become of some sends: the answer, its reason, for how many, between when and when, and some of them.

    ``en`` and ``zh`` are the words of a message that cannot be written.
    """

    outcome: str
    reason: str
    en: str = ""
    zh: str = ""
    via: str = ""
    count: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    examples: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Forecast:
    """The outcomes for ``looked_at`` of ``customers``."""

    customers: int
    looked_at: int
    _found: dict[tuple[str, str, str, str], Outcome] = field(default_factory=dict)

    @property
    def outcomes(self) -> list[Outcome]:
        """Return the outcomes, the most frequent first."""
        return sorted(self._found.values(), key=lambda one: -one.count)

    def estimate(self, one: Outcome) -> Estimate:
        """Return for how many of all customers an outcome stands; it is exact when everybody was looked at."""
        return estimate(one.count, self.looked_at, self.customers)

    def count(
        self, who: str, outcome: str, reason: str, words: tuple[str, str] = ("", ""), via: str = "",
        at: datetime | None = None,
    ) -> None:  # fmt: skip
        """Count one more customer."""
        one = self._found.setdefault((outcome, reason, words[0], via), Outcome(outcome, reason, *words, via))
        one.count += 1
        if len(one.examples) < EXAMPLES:
            one.examples.append(who)
        if at is not None:
            one.first_at = min(at, one.first_at or at)
            one.last_at = max(at, one.last_at or at)

    def stays(self, stayed: Stayed) -> None:
        """Count a send that would not go, by what the gate wrote down."""
        unwritten = stayed.details.get("unwritten")
        if isinstance(unwritten, Mapping):
            words = (str(unwritten["en"]), str(unwritten["zh"]))
            self.count(stayed.id, "held", str(unwritten["code"]), words)
            return
        outcome, reason = str(stayed.details["outcome"]), _reason(stayed.details)
        if stayed.state == "held":
            outcome = "held"
        via = str(stayed.via or "") if outcome == "substitute" else ""
        self.count(stayed.id, outcome, reason, via=via, at=stayed.due_at if outcome == "defer" else None)


def estimate(found: int, looked_at: int, customers: int) -> Estimate:
    """Return how many of all there are when so many were found among some, by Wilson's interval for a finite number.

    At least as many as were found are there, and no more than the others that were looked at leave room for.
    """
    if looked_at >= customers:
        return Estimate(found, found, found)
    share, n = found / looked_at, looked_at * (customers - 1) / (customers - looked_at)
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    low, high = math.floor((middle - half) * customers), math.ceil((middle + half) * customers)
    return Estimate(round(share * customers), max(found, low), min(customers - (looked_at - found), high))


def sample(ids: Sequence[str], most: int = MOST_LOOKED_AT) -> Sequence[str]:
    """Return all ids, or of very many some, chosen by chance and the same each time."""
    return ids if len(ids) <= most else random.Random(1).sample(list(ids), most)


def _reason(details: Mapping[str, object]) -> str:
    steps = details.get("steps")
    closed = [step for step in steps if step["verdict"] in ("stop", "wait")] if isinstance(steps, list) else []
    return str(closed[-1]["code"]) if closed else ""
