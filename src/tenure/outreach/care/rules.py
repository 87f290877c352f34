"""What a channel may bear: shares with their intervals, the verdict over them, and the limit of a day while warming up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import sqrt
from typing import Literal

from tenure.outreach.care.schemas import CareRules, WarmUp

Z = 1.959964  # both tails together 5 %
Verdict = Literal["open", "warned", "stopped"]


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the mail handed over in a window."""

    sent: int = 0
    bounced: int = 0
    soft: int = 0
    complained: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95 % interval."""

    count: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float | None:
        """Return the bare share; of nothing there is none."""
        return self.count / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a channel stands: the verdict, a code for why, and the numbers it rests on."""

    verdict: Verdict
    code: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


def share(count: int, of: int) -> Share:
    """Return a share with the interval of Wilson (1927), which is honest for few and for none."""
    if of == 0:
        return Share(count, of, 0.0, 1.0)
    p, square = count / of, Z * Z
    middle = (p + square / (2 * of)) / (1 + square / of)
    half = Z * sqrt(p * (1 - p) / of + square / (4 * of * of)) / (1 + square / of)
    return Share(count, of, max(0.0, middle - half) if count else 0.0, min(1.0, middle + half))


def judge(counts: Counts, rules: CareRules) -> Judgement:
    """Stop when a share is above its limit even at the low end of its interval; warn likewise. Few sends say nothing."""
    if counts.sent < rules.least_sends:
        return Judgement("open", "too_few", {"sent": counts.sent, "least": rules.least_sends})
    bounced, complained = share(counts.bounced, counts.sent), share(counts.complained, counts.sent)
    limits: tuple[tuple[Verdict, str, Share, float], ...] = (
        ("stopped", "complaints", complained, rules.complaint_stop),
        ("stopped", "bounces", bounced, rules.bounce_stop),
        ("warned", "complaints", complained, rules.complaint_warn),
        ("warned", "bounces", bounced, rules.bounce_warn),
    )
    for verdict, name, found, limit in limits:
        if found.low > limit:
            values = {"count": found.count, "of": found.of, "low": found.low, "high": found.high, "limit": limit}
            return Judgement(verdict, name, values)
    return Judgement("open")


def day_limit(plan: WarmUp, day: int) -> int | None:
    """Return how many may go on a day of the plan, the first being 0; None once it is over."""
    limit = plan.first * plan.growth ** min(day, 400)
    return None if limit >= plan.full else int(limit)


def days_of(plan: WarmUp) -> list[int]:
    """Return the limit of every day of the plan."""
    limits: list[int] = []
    while (limit := day_limit(plan, len(limits))) is not None:
        limits.append(limit)
    return limits
