"""Every query of workers: each changes a send only from the state it must be in, by the worker that holds it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime

from sqlalchemy import RowMapping, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, InvalidRequestError

from tenure.kit.db import Engine, Session
from tenure.outreach.ledger.asks import Ended, Leased, Stayed
from tenure.outreach.ledger.repository import taps

Line = Connection
WORKERS = 7_368_801  # first half of the advisory lock each worker holds while it lives
_LEASING = 7_368_802

# What may go only because a customer's own order needs it has an index of its own: behind it a million others may wait.
_OWN = {False: "", True: "AND q.transactional"}
_LEASE = """
    WITH busy AS (  -- records that were merged are one person, who has one message in the air
        SELECT coalesce(c.merged_into, o.customer_id) AS person FROM sends o LEFT JOIN customers c ON c.id = o.customer_id
        WHERE o.state IN ('leased', 'sending')),
    allowed AS (
        SELECT s.id, row_number() OVER (PARTITION BY s.person ORDER BY s.priority DESC, s.due_at, s.id) AS place
        FROM (
            SELECT q.id, q.priority, q.due_at, coalesce(r.merged_into, q.customer_id) AS person
            FROM sends q LEFT JOIN customers r ON r.id = q.customer_id
            WHERE q.state = 'queued' AND q.via = :channel AND q.due_at <= :now
              {own}
              AND NOT EXISTS (SELECT 1 FROM send_taps t WHERE t.name = 'message:' || q.message AND t.paused)
              AND NOT EXISTS (SELECT 1 FROM busy WHERE busy.person = coalesce(r.merged_into, q.customer_id))
            ORDER BY q.priority DESC, q.due_at, q.id
            LIMIT :most FOR UPDATE OF q SKIP LOCKED) s)
    UPDATE sends SET state = 'leased', worker = :worker, changed_at = :now
    FROM allowed WHERE sends.id = allowed.id AND allowed.place = 1
    RETURNING sends.id, sends.message, sends.version, sends.step, sends.customer_id, sends.channel, sends.via, sends.purpose, sends.category,
              sends.tags, sends.priority, sends.transactional, sends.cost, sends.substitutes, sends.stale_after,
              sends.parameters, sends.attempts, sends.unreached, sends.due_at"""
_LEASES = {own_only: text(_LEASE.format(own=own)) for own_only, own in _OWN.items()}

# Somebody took back what was in the air, and it never got anywhere: now it is taken back, and nothing is tried instead.
RECALLED = """EXISTS (
    SELECT 1 FROM send_events e WHERE e.send_id = sends.id AND e.what = 'recalled'
      AND e.id > (SELECT max(b.id) FROM send_events b WHERE b.send_id = sends.id AND b.what = 'sending'))"""

_STEP = text(f"""
    WITH ended AS (
        UPDATE sends SET state = CASE WHEN :state = 'queued' AND {RECALLED} THEN 'cancelled' ELSE :state END,
                         worker = NULL, provider_id = coalesce(:provider_id, provider_id),
                         error = :error, due_at = coalesce(:due_at, due_at), changed_at = :now,
                         unreached = unreached + CAST(:unreached AS integer),
                         accepted_at = CASE WHEN :state = 'accepted' THEN :now ELSE accepted_at END
        WHERE id = :ended AND state = 'sending' AND worker = :worker RETURNING id, state),
    told AS (
        INSERT INTO send_events (send_id, at, what, details)
        SELECT id, :now, state, CAST(:details AS jsonb) FROM ended),
    begun AS (
        UPDATE sends SET state = 'sending', attempts = attempts + 1, changed_at = :now
        WHERE id = :begun AND state = 'leased' AND worker = :worker
          AND NOT EXISTS (SELECT 1 FROM send_taps t  -- closed since it was leased
                          WHERE (t.paused OR t.own_only AND NOT sends.transactional)
                            AND t.name IN ('all', 'channel:' || sends.via, 'message:' || sends.message))
        RETURNING id),
    said AS (
        INSERT INTO send_events (send_id, at, what, details)
        SELECT id, :now, 'sending', CAST(:decision AS jsonb) FROM begun)
    SELECT (SELECT count(*) FROM ended), (SELECT count(*) FROM begun)""")

_STAY = text("""
    WITH stays AS (
        UPDATE sends SET state = new.state, worker = NULL, due_at = coalesce(new.due_at, sends.due_at),
                         via = coalesce(new.via, sends.via), changed_at = :now
        FROM unnest(CAST(:ids AS text[]), CAST(:states AS text[]), CAST(:dues AS timestamptz[]),
                    CAST(:vias AS text[])) AS new(id, state, due_at, via)
        WHERE sends.id = new.id AND sends.state = 'leased' AND sends.worker = :worker RETURNING sends.id)
    INSERT INTO send_events (send_id, at, what, details)
    SELECT stays.id, :now, new.what, new.details
    FROM unnest(CAST(:ids AS text[]), CAST(:whats AS text[]), CAST(:details AS jsonb[])) AS new(id, what, details)
    JOIN stays ON stays.id = new.id""")

_GIVE_BACK = text("""
    UPDATE sends SET state = 'queued', worker = NULL, changed_at = :now WHERE state = 'leased' AND worker = :worker""")

# A worker that is gone holds its lock no longer. What it had not begun goes back; what was in the air is unknown.
_RESCUE = text("""
    WITH dead AS (
        SELECT worker FROM (SELECT DISTINCT worker FROM sends WHERE state IN ('leased', 'sending')) holders
        WHERE pg_try_advisory_xact_lock(:workers, CAST(worker AS integer))),
    found AS (
        UPDATE sends SET state = CASE WHEN sends.state = 'sending' THEN 'unknown' ELSE 'queued' END,
                         worker = NULL, changed_at = :now
        FROM dead WHERE sends.worker = dead.worker AND sends.state IN ('leased', 'sending')
        RETURNING sends.id, sends.state),
    told AS (
        INSERT INTO send_events (send_id, at, what, details)
        SELECT id, :now, 'unknown', '{"why": "worker_gone"}'::jsonb FROM found WHERE state = 'unknown')
    SELECT count(*) FILTER (WHERE state = 'unknown'), count(*) FILTER (WHERE state = 'queued') FROM found""")


@contextmanager
def worker_line(engine: Engine) -> Iterator[tuple[Line, int]]:
    """Give a connection of a worker's own and its number, which nobody else has while the connection lives.

    That the worker lives is known by an advisory lock of this connection: it goes with the process, whatever ends
    it, and no clock is asked.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
        number = int(line.execute(text("SELECT nextval('send_workers')")).scalar_one())
        line.execute(text("SELECT pg_advisory_lock(:workers, :number)"), {"workers": WORKERS, "number": number})
        try:
            yield line, number
        finally:
            line.invalidate()  # closing the connection is what lets go of the lock, also when the line is broken


@contextmanager
def together(line: Line) -> Iterator[None]:
    """Let all that a worker writes in the block stand together, or none of it."""
    line.execute(text("BEGIN"))
    try:
        yield
        line.execute(text("COMMIT"))
    except BaseException:
        line.execute(text("ROLLBACK"))
        raise


def hold(line: Line, send: str) -> None:
    """Wait for whoever is changing a send, to see what they wrote, and let nobody change it until the block ends."""
    line.execute(text("SELECT 1 FROM sends WHERE id = :send FOR UPDATE"), {"send": send})


def lease(line: Line, worker: int, channel: str, now: datetime, most: int) -> list[Leased]:
    """Take sends that are due, the most important first, never two of one customer; workers take turns."""
    allowed = taps.allowance(line, channel, now, most)
    if allowed.many == 0:
        return []
    with together(line):
        line.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LEASING})
        left = taps.left_today(line, channel)
        most = min(allowed.many, left or allowed.many)
        asked = {"channel": channel, "now": now, "worker": worker, "most": most}
        rows = line.execute(_LEASES[allowed.own_only or left == 0], asked).mappings().all()
        if allowed.rated and len(rows) < allowed.many:
            taps.hand_back(line, channel, allowed.many - len(rows))
    rows = sorted(rows, key=lambda row: (-row["priority"], row["due_at"], row["id"]))
    return [_leased(row) for row in rows]


def step(
    line: Line,
    worker: int,
    now: datetime,
    *,
    ended: Ended | None = None,
    begin: str | None = None,
    decision: Mapping[str, object] | None = None,
) -> bool:
    """Write down how one send ended and that the next begins, in one commit; returns whether the next may begin."""
    done = line.execute(
        _STEP,
        {
            "state": ended.state if ended else "",
            "ended": ended.id if ended else None,
            "provider_id": ended.provider_id if ended else None,
            "error": ended.error if ended else None,
            "due_at": ended.due_at if ended else None,
            "unreached": int(ended.unreached) if ended else 0,
            "details": json.dumps(dict(ended.details) if ended else {}),
            "begun": begin,
            "decision": json.dumps(dict(decision or {})),
            "worker": worker,
            "now": now,
        },
    ).one()
    return bool(done[1])


def stay(line: Line, worker: int, stays: Sequence[Stayed], now: datetime) -> None:
    """Write down which leased sends do not go now."""
    if not stays:
        return
    line.execute(
        _STAY,
        {
            "ids": [one.id for one in stays],
            "states": [one.state for one in stays],
            "dues": [one.due_at for one in stays],
            "vias": [one.via for one in stays],
            "whats": ["waiting" if one.state == "queued" else one.state for one in stays],
            "details": [json.dumps(dict(one.details)) for one in stays],
            "worker": worker,
            "now": now,
        },
    )


def give_back(line: Line, worker: int, now: datetime) -> None:
    """Put back what was leased and not begun; a broken line gives it back by itself, for its lock is gone."""
    with suppress(DBAPIError, InvalidRequestError):
        line.execute(_GIVE_BACK, {"worker": worker, "now": now})


def rescue(session: Session, now: datetime) -> tuple[int, int]:
    """Find what workers that are gone left behind; returns how many became unknown and how many are queued again."""
    unknown, queued = session.execute(_RESCUE, {"workers": WORKERS, "now": now}).one()
    return int(unknown), int(queued)


def _leased(row: RowMapping) -> Leased:
    values = {name: row[name] for name in Leased.__dataclass_fields__}
    return Leased(**{**values, "tags": frozenset(row["tags"]), "substitutes": tuple(row["substitutes"])})
