"""The verb of clearing: delete what became of messages long ago, part by part, for no longer than it may take.

Who got a message that is still being asked for would get it again if their row went: of such a send the row stays, bare.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tenure.kit.clock import Clock
from tenure.kit.db import Engine, transaction
from tenure.outreach.clearing import repository
from tenure.outreach.clearing.repository import BESIDE, Group

AT_ONCE = 2_000
PATIENCE = timedelta(minutes=20)
MOST_REMEMBERED = 100_000
_BEGINNING = (datetime(1970, 1, 1, tzinfo=UTC), "~")  # ids come before it


@dataclass
class _Groups:
    """Which messages are still being asked for, looked up once a night each."""

    cutoff: datetime
    known: dict[Group, bool] = field(default_factory=dict)


def clear(
    engine: Engine, clock: Clock, months: int, patience: timedelta = PATIENCE, most: int = AT_ONCE
) -> Counter[str]:
    """Clear away what is older than so many months; returns how many rows went, by table. What is left waits for the next night."""
    cutoff, until = months_before(clock.now(), months), clock.now() + patience
    done, after, groups = Counter[str](), _BEGINNING, _Groups(cutoff)
    while clock.now() < until:
        found, after = _part(engine, groups, after, most, done)
        if not found:
            break
    for table in BESIDE:
        while clock.now() < until:
            with transaction(engine) as session:
                gone = repository.drop_beside(session, table, cutoff, most)
            done[table] += gone
            if gone < most:
                break
    return +done


def months_before(now: datetime, months: int) -> datetime:
    """Return the moment so many months ago, on the first days of a month where the day is wanting."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return now.replace(year=year, month=month + 1, day=min(now.day, 28))


def _part(
    engine: Engine, groups: _Groups, after: tuple[datetime, str], most: int, done: Counter[str]
) -> tuple[bool, tuple[datetime, str]]:
    with transaction(engine) as session:
        found = repository.old(session, groups.cutoff, after, most)
        if not found:
            return False, after
        if len(groups.known) > MOST_REMEMBERED:
            groups.known.clear()
        goes = [one for one in found if not one.kept]
        new = {one.group for one in goes} - groups.known.keys()
        groups.known |= repository.in_use(session, new, groups.cutoff)
        still = [one.id for one in goes if groups.known[one.group]]
        if still:
            repository.bare(session, still)
        done["sends"] += repository.drop(
            session, [one.id for one in goes if not groups.known[one.group]], groups.cutoff
        )
    return True, (found[-1].changed_at, found[-1].id)
