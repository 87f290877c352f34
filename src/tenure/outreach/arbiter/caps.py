"""Caps: how many contacts stand in a window, when the next slot is free, and which slot a greater message needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from tenure.outreach.arbiter.ask import Ask, Contact, Standing
from tenure.outreach.arbiter.calendar import next_period, period_start
from tenure.outreach.arbiter.policy import Cap


@dataclass(frozen=True, slots=True)
class Crowded:
    """A cap that lets nothing through now; ``greater`` counts the planned messages that keep the slot."""

    cap: Cap
    made: int
    greater: int
    until: datetime


def crowded(cap: Cap, ask: Ask, channel: str, standing: Standing, instant: datetime) -> Crowded | None:
    """Say whether a cap is full at an instant, counting slots that greater messages due in the window will need.

    What is planned before the instant will have gone by then; what is planned for later still needs its slot.
    """
    if not cap.counts(channel, ask.category, ask.tags):
        return None
    if cap.limit < 1:
        return Crowded(cap, 0, 0, datetime.max.replace(tzinfo=UTC))
    greater = sorted([one.at for one in standing.planned if one.priority > ask.priority and _under(cap, one)])
    begins = _begins(cap, instant, standing.zone)
    made = [one.at for one in standing.made if one.at >= begins and _under(cap, one)]
    made += [at for at in greater if at < instant]
    if not made and not greater:
        return None
    upcoming = [at for at in greater if at >= instant]
    if cap.hours is not None:
        return _rolling(cap, timedelta(hours=cap.hours), made, upcoming, instant)
    return _in_period(cap, made, upcoming, begins, standing.zone)


def _under(cap: Cap, contact: Contact) -> bool:
    return not contact.transactional and cap.counts(contact.channel, contact.category, contact.tags)


def _begins(cap: Cap, instant: datetime, zone: tzinfo) -> datetime:
    if cap.hours is not None:
        return instant - timedelta(hours=cap.hours)
    return period_start(instant, cap.period or "day", zone)


def _in_period(
    cap: Cap, made: Sequence[datetime], upcoming: Sequence[datetime], begins: datetime, zone: tzinfo
) -> Crowded | None:
    used = sum(begins <= at for at in made)
    if used + len(upcoming) < cap.limit:
        return None
    ends = next_period(begins, cap.period or "day", zone)
    needed = sum(at < ends for at in upcoming)
    return Crowded(cap, used, needed if used < cap.limit else 0, ends) if used + needed >= cap.limit else None


def _rolling(
    cap: Cap, window: timedelta, made: Sequence[datetime], upcoming: Sequence[datetime], instant: datetime
) -> Crowded | None:
    """Look at the window that ends now, and at each one in which a greater message would stand beside this one."""
    used = sorted(at for at in made if at > instant - window)
    if len(used) >= cap.limit:
        return Crowded(cap, len(used), 0, used[len(used) - cap.limit] + window)
    for due in upcoming:
        if due >= instant + window:
            break
        beside = sorted([at for at in used if at > due - window] + [at for at in upcoming if at <= due])
        if len(beside) + 1 > cap.limit:
            # Nothing leaves that window before the greater message goes; after it, one slot must be free again.
            return Crowded(cap, len(used), len(upcoming), beside[max(len(beside) - cap.limit, 0)] + window)
    return None
