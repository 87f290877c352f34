"""Every query of dispatches."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text, update

from tenure.kit.db import Engine, Session, transaction
from tenure.outreach.sending.tables import Dispatch

UNDER_WAY = ("asked", "queueing")
_LOCKS = 7_368_803  # seed of the advisory locks that dispatches are held by

_MEAN = text("""
    INSERT INTO dispatch_customers (dispatch_id, customer_id)
    SELECT DISTINCT CAST(:dispatch AS text), customer_id FROM unnest(CAST(:ids AS text[])) AS new(customer_id) ORDER BY 2
    ON CONFLICT DO NOTHING""")

# Whose turn it is loses their row in the transaction that queues them: rolled back together, or done together.
_NEXT = text("""
    WITH turn AS (
        DELETE FROM dispatch_customers d
        USING (SELECT customer_id FROM dispatch_customers
               WHERE dispatch_id = :dispatch AND customer_id > :after ORDER BY customer_id LIMIT :most) AS next
        WHERE d.dispatch_id = :dispatch AND d.customer_id = next.customer_id
        RETURNING d.customer_id)
    SELECT customer_id FROM turn ORDER BY customer_id""")

_SHOWN = """
    SELECT d.id, d.message, m.name AS message_name, d.version, d.channel, d.occasion, d.state, d.customers, d.handled,
           d.queued, d.failures, d.error, d.asked_by_name, d.due_at, d.created_at, d.ended_at
    FROM dispatches d LEFT JOIN messages m ON m.id = d.message"""

_PROGRESS = text("""
    SELECT CASE WHEN state = 'queued' AND due_at > :now THEN 'deferred' ELSE state END AS state, count(*)
    FROM sends WHERE message = :message AND step = :occasion AND channel = :channel GROUP BY 1""")

_CLEAR = text("""
    DELETE FROM dispatch_customers
    WHERE dispatch_id IN (SELECT id FROM dispatches WHERE state IN ('cancelled', 'failed') AND ended_at > :since)""")


@dataclass(frozen=True, slots=True)
class Shown:
    """A dispatch as it is looked at."""

    id: str
    message: str
    message_name: str | None
    version: int | None
    channel: str
    occasion: str
    state: str
    customers: int | None
    handled: int
    queued: int
    failures: int
    error: dict[str, object] | None
    asked_by_name: str
    due_at: datetime
    created_at: datetime
    ended_at: datetime | None

    @property
    def over(self) -> bool:
        """Say whether nothing more will be queued."""
        return self.state not in UNDER_WAY


Progress = dict[str, int]


def add(session: Session, row: Dispatch) -> None:
    """Keep a new dispatch."""
    session.add(row)
    session.flush()


def by_key(session: Session, asker: str, key: str) -> Dispatch | None:
    """Return the dispatch somebody made under a key."""
    return session.scalars(select(Dispatch).where(Dispatch.asked_by == asker, Dispatch.request_key == key)).first()


def mean(session: Session, dispatch: str, ids: Sequence[str]) -> None:
    """Write down that some customers are meant; twice is once."""
    session.execute(_MEAN, {"dispatch": dispatch, "ids": list(ids)})


def begin(session: Session, row: Dispatch, now: datetime) -> None:
    """Say that everybody meant is known, and how many they are."""
    asked = text("SELECT count(*) FROM dispatch_customers WHERE dispatch_id = :dispatch")
    row.customers = int(session.execute(asked, {"dispatch": row.id}).scalar_one())
    row.state, row.changed_at = "queueing", now
    session.flush()


def hold(session: Session, dispatch: str) -> Dispatch | None:
    """Return a dispatch under way and hold its row: who wants to stop it waits for the part that is being queued."""
    wanted = select(Dispatch).where(Dispatch.id == dispatch, Dispatch.state.in_(UNDER_WAY)).with_for_update()
    return session.scalars(wanted).first()


def next_part(session: Session, row: Dispatch, most: int) -> list[str]:
    """Take the next customers whose turn it is."""
    return list(session.execute(_NEXT, {"dispatch": row.id, "after": row.after, "most": most}).scalars())


def stop(session: Session, message: str, occasion: str | None, channel: str | None, now: datetime) -> list[int]:
    """Stop dispatches of a message that are under way; returns how many customers each had not come to."""
    stopped = update(Dispatch).where(Dispatch.message == message, Dispatch.state.in_(UNDER_WAY))
    if occasion is not None:
        stopped = stopped.where(Dispatch.occasion == occasion)
    if channel is not None:
        stopped = stopped.where(Dispatch.channel == channel)
    rest = func.coalesce(Dispatch.customers - Dispatch.handled, 0)
    done = stopped.values(state="cancelled", ended_at=now, changed_at=now).returning(rest)
    return [int(one or 0) for one in session.execute(done).scalars()]


def stumbled(session: Session, dispatch: str, error: dict[str, object], most: int, now: datetime) -> None:
    """Write down that a part could not be queued; after so many times in a row the dispatch has failed."""
    session.execute(
        update(Dispatch)
        .where(Dispatch.id == dispatch, Dispatch.state.in_(UNDER_WAY))
        .values(failures=Dispatch.failures + 1, error=error, changed_at=now)
    )
    failed = update(Dispatch).where(Dispatch.id == dispatch, Dispatch.state.in_(UNDER_WAY), Dispatch.failures >= most)
    session.execute(failed.values(state="failed", ended_at=now))


def find(session: Session, dispatch: str) -> Shown | None:
    """Return a dispatch as it is looked at."""
    row = session.execute(text(f"{_SHOWN} WHERE d.id = :dispatch"), {"dispatch": dispatch}).mappings().first()
    return None if row is None else Shown(**row)


def listed(session: Session, message: str | None, after: str | None, limit: int, *, under_way: bool) -> Sequence[Shown]:
    """Return dispatches, the newest first, from an id on."""
    clauses = [
        "(CAST(:message AS text) IS NULL OR d.message = :message)",
        "(CAST(:after AS text) IS NULL OR d.id < :after)",
    ]
    if under_way:
        clauses.append("d.state IN ('asked', 'queueing')")
    asked = text(f"{_SHOWN} WHERE {' AND '.join(clauses)} ORDER BY d.id DESC LIMIT :limit")
    found = session.execute(asked, {"message": message, "after": after, "limit": limit})
    return [Shown(**row) for row in found.mappings()]


def progress(session: Session, shown: Shown, now: datetime) -> Progress:
    """Return how many sends of the message, occasion and channel of a dispatch are in each state; ``deferred`` wait until later."""
    given = {"message": shown.message, "occasion": shown.occasion, "channel": shown.channel, "now": now}
    return {state: int(number) for state, number in session.execute(_PROGRESS, given)}


@contextmanager
def holding(engine: Engine, dispatch: str) -> Iterator[bool]:
    """Hold a dispatch for as long as the block works on it, unless somebody does; gives whether it is ours.

    The hold is gone the moment the process is.
    """
    with transaction(engine) as session:
        yield bool(session.scalar(select(func.pg_try_advisory_xact_lock(_held(dispatch)))))


def orphans(session: Session, untouched_since: datetime) -> list[str]:
    """Return the dispatches under way that nobody has worked on since a moment, and nobody holds."""
    quiet = select(Dispatch.id).where(Dispatch.state.in_(UNDER_WAY), Dispatch.changed_at < untouched_since)
    found = quiet.cte("quiet").prefix_with("MATERIALIZED")
    free = select(found.c.id).where(func.pg_try_advisory_xact_lock(_held(found.c.id)))
    return list(session.scalars(free))


def clear(session: Session, since: datetime) -> None:
    """Forget who was not reached by dispatches that were stopped or failed."""
    session.execute(_CLEAR, {"since": since})


def _held(dispatch: object) -> object:
    return func.hashtextextended(dispatch, _LOCKS)
