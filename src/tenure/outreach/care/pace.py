"""The pace of domains: a provider that takes so many a minute is not sent more; the rest wait and come in their order."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from tenure.kit.db import Session
from tenure.outreach.care import repository, service

AT_ONCE = timedelta(seconds=10)  # what a quiet domain has saved up
ANY = "*"


def waiting(
    session: Session, channel: str, wanted: Sequence[tuple[str, str]], now: datetime
) -> Mapping[str, tuple[datetime, str, float]]:
    """Return which sends must wait, until when, for which domain and its limit; ``wanted`` are ids with addresses in order.

    Only what goes takes a place: who waits is asked again when the time has come, and was there before the next.
    """
    limits = service.rules_of(session, channel).domains
    if not limits:
        return {}
    by_domain: dict[str, list[str]] = {}
    for send, address in wanted:
        by_domain.setdefault(address.rpartition("@")[2].lower(), []).append(send)
    put_off: dict[str, tuple[datetime, str, float]] = {}
    for domain, sends in sorted(
        by_domain.items()
    ):  # one order for all workers, so that none waits for another in a circle
        per_minute = limits.get(domain, limits.get(ANY))
        if per_minute is None:
            continue
        gap = timedelta(minutes=1) / per_minute
        free = max(repository.free_at(session, channel, domain, now), now - max(AT_ONCE - gap, timedelta()))
        for send in sends:
            if free <= now:
                free += gap
            else:
                put_off[send] = (free + gap * sum(one[1] == domain for one in put_off.values()), domain, per_minute)
        repository.take_places(session, channel, domain, free)
    return put_off
