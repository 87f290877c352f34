"""Every query of the ledger. Each changes a send only from the state it must be in, by the worker that holds it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime

from sqlalchemy import RowMapping, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, InvalidRequestError

from tenure.kit.db import Engine, Session
from tenure.outreach.ledger.asks import Ended, Leased, NewSend, Stayed
from tenure.outreach.ledger.listing import Flow, SendFilter, Shown, Standstill

Line = Connection
_WORKERS = 7_368_801  # first half of the advisory lock each worker holds while it lives
_LEASING = 7_368_802

_ENQUEUE = text(r"""
    WITH asked AS (
        INSERT INTO sends (id, message, step, customer_id, channel, via, state, purpose, category, tags, priority,
                           transactional, cost, substitutes, due_at, stale_after, parameters, version,
                           asked_by, created_at, changed_at)
        SELECT 'snd_' || left(encode(sha256(convert_to(concat_ws(E'\x1f', CAST(:message AS text), CAST(:step AS text),
                   CAST(:channel AS text), customer_id), 'UTF8')), 'hex'), 24), :message, :step, customer_id, :channel, :channel,
               'queued', :purpose, :category,
               CAST(:tags AS jsonb), :priority, :transactional, :cost, CAST(:substitutes AS jsonb), :due_at,
               :stale_after, CAST(:parameters AS jsonb), CAST(:version AS bigint), :asked_by, :now, :now
        FROM (SELECT DISTINCT unnest(CAST(:customers AS text[])) ORDER BY 1) AS new(customer_id)
        ON CONFLICT (message, step, customer_id, channel) DO UPDATE  -- what was taken back before it left may be asked for again
        SET state = 'queued', via = excluded.via, purpose = excluded.purpose, category = excluded.category,
            tags = excluded.tags, priority = excluded.priority, transactional = excluded.transactional,
            cost = excluded.cost, substitutes = excluded.substitutes, due_at = excluded.due_at,
            stale_after = excluded.stale_after, parameters = excluded.parameters, version = excluded.version,
            asked_by = excluded.asked_by, error = NULL, attempts = 0, unreached = 0, changed_at = excluded.changed_at
        WHERE sends.state = 'cancelled'
        RETURNING id),
    told AS (
        INSERT INTO send_events (send_id, at, what, details)
        SELECT id, :now, 'queued', jsonb_build_object('by', CAST(:asked_by AS text)) FROM asked)
    SELECT count(*) FROM asked""")

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

# Somebody took back what was in the air, and it never got anywhere: now it is taken back.
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
        WHERE id = :begun AND state = 'leased' AND worker = :worker RETURNING id),
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

_FLOW = text("""
    SELECT bool_or(paused) AS paused, min(per_second) AS per_second, coalesce(bool_or(own_only), false) AS own_only
    FROM send_taps WHERE name IN ('all', 'channel:' || :channel)""")

# How many may still go today while a channel warms up; what workers hold counts as gone.
_LEFT_TODAY = text("""
    SELECT greatest(t.per_day - (SELECT count(*) FROM sends WHERE via = :channel AND accepted_at >= t.day_from)
                              - (SELECT count(*) FROM sends WHERE via = :channel AND state IN ('leased', 'sending')), 0)
    FROM send_taps t WHERE t.name = 'channel:' || :channel AND t.per_day IS NOT NULL""")

# The rate of a channel and the rate of all are kept together: what goes is taken from both, at least one message at a time.
_RESERVE = text("""
    WITH rated AS (
        SELECT name, per_second, coalesce(free_at, :now) AS free FROM send_taps
        WHERE name IN ('all', 'channel:' || :channel) AND per_second > 0 ORDER BY name FOR UPDATE),
    opened AS (
        SELECT name, per_second, CASE WHEN free > CAST(:now AS timestamptz) + make_interval(secs => 4 + 2 / per_second)
                                      THEN CAST(:now AS timestamptz)  -- a clock put back
                                      ELSE free END AS free
        FROM rated),
    going AS (
        SELECT floor(greatest(1, least(CAST(:wanted AS float8), min(per_second) * 2.0))) AS many
        FROM opened HAVING bool_and(free <= CAST(:now AS timestamptz) + interval '1 second'))
    UPDATE send_taps t
    SET free_at = greatest(opened.free, :now) + make_interval(secs => going.many / opened.per_second)
    FROM opened, going WHERE t.name = opened.name RETURNING going.many""")


def enqueue(session: Session, ask: NewSend, now: datetime) -> int:
    """Ask for a message to many customers; returns how many of them it was not asked for before."""
    return int(
        session.execute(
            _ENQUEUE,
            {
                "message": ask.message,
                "step": ask.step,
                "channel": ask.channel,
                "purpose": ask.purpose,
                "category": ask.category,
                "tags": json.dumps(sorted(ask.tags)),
                "priority": ask.priority,
                "transactional": ask.transactional,
                "cost": ask.cost,
                "substitutes": json.dumps(list(ask.substitutes)),
                "due_at": ask.due_at,
                "stale_after": ask.stale_after,
                "parameters": json.dumps(dict(ask.parameters)),
                "version": ask.version,
                "asked_by": ask.asked_by,
                "now": now,
                "customers": list(ask.customer_ids),
            },
        ).scalar_one()
    )


@contextmanager
def worker_line(engine: Engine) -> Iterator[tuple[Line, int]]:
    """Give a connection of a worker's own and its number, which nobody else has while the connection lives.

    That the worker lives is known by an advisory lock of this connection: it goes with the process, whatever ends
    it, and no clock is asked.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
        number = int(line.execute(text("SELECT nextval('send_workers')")).scalar_one())
        line.execute(text("SELECT pg_advisory_lock(:workers, :number)"), {"workers": _WORKERS, "number": number})
        try:
            yield line, number
        finally:
            line.invalidate()  # closing the connection is what lets go of the lock, also when the line is broken


def lease(line: Line, worker: int, channel: str, now: datetime, most: int) -> list[Leased]:
    """Take sends that are due, the most important first, never two of one customer; workers take turns."""
    wanted, own_only = _allowance(line, channel, now, most)
    if wanted == 0:
        return []
    line.execute(text("BEGIN"))
    try:
        line.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LEASING})
        left = line.execute(_LEFT_TODAY, {"channel": channel}).scalar()
        most = wanted if not left else min(wanted, int(left))
        asked = {"channel": channel, "now": now, "worker": worker, "most": most}
        rows = line.execute(_LEASES[own_only or left == 0], asked).mappings().all()
        line.execute(text("COMMIT"))
    except BaseException:
        line.execute(text("ROLLBACK"))
        raise
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
    unknown, queued = session.execute(_RESCUE, {"workers": _WORKERS, "now": now}).one()
    return int(unknown), int(queued)


def asked_before(session: Session, message: str, step: str, channel: str, customers: Sequence[str]) -> set[str]:
    """Return whom of some customers a message was asked for before and not taken back."""
    found = session.execute(
        text("""SELECT customer_id FROM sends WHERE message = :message AND step = :step AND channel = :channel
                AND customer_id = ANY(CAST(:customers AS text[])) AND state <> 'cancelled'"""),
        {"message": message, "step": step, "channel": channel, "customers": list(customers)},
    )
    return set(found.scalars())


def cancel(session: Session, message: str, step: str | None, channel: str | None, by: str, now: datetime) -> int:
    """Take back what has not begun to leave of a message; returns how many.

    What is in the air, or nobody can vouch for, is marked: should it turn out never to have left, it does not go again.
    """
    return int(
        session.execute(
            text("""
                WITH meant AS (
                    SELECT id FROM sends
                    WHERE message = :message AND state IN ('queued', 'held', 'leased', 'sending', 'unknown')
                      AND (CAST(:step AS text) IS NULL OR step = :step)
                      AND (CAST(:channel AS text) IS NULL OR via = :channel)
                    ORDER BY id FOR UPDATE),
                gone AS (
                    UPDATE sends SET state = 'cancelled', worker = NULL, changed_at = :now
                    FROM meant WHERE sends.id = meant.id AND state IN ('queued', 'held', 'leased') RETURNING sends.id),
                told AS (
                    INSERT INTO send_events (send_id, at, what, details)
                    SELECT id, CAST(:now AS timestamptz), CASE WHEN gone.id IS NULL THEN 'recalled' ELSE 'cancelled' END,
                           jsonb_build_object('by', CAST(:by AS text))
                    FROM meant LEFT JOIN gone USING (id))
                SELECT count(*) FROM gone"""),
            {"message": message, "step": step, "channel": channel, "by": by, "now": now},
        ).scalar_one()
    )


def counts(session: Session, message: str | None = None) -> dict[str, int]:
    """Return how many sends are in each state, of one message or of all."""
    found = session.execute(
        text(
            "SELECT state, count(*) FROM sends WHERE CAST(:message AS text) IS NULL OR message = :message GROUP BY state"
        ),
        {"message": message},
    )
    return {state: int(number) for state, number in found}


def turn(session: Session, name: str, now: datetime, by: str, *, paused: bool, per_second: float | None) -> None:
    """Open, close or narrow a tap: ``all``, ``channel:…`` or ``message:…``."""
    session.execute(
        text("""
            INSERT INTO send_taps (name, paused, per_second, changed_at, changed_by)
            VALUES (:name, :paused, :per_second, :now, :by)
            ON CONFLICT (name) DO UPDATE SET paused = excluded.paused, per_second = excluded.per_second,
                                             changed_at = excluded.changed_at, changed_by = excluded.changed_by"""),
        {"name": name, "paused": paused, "per_second": per_second, "now": now, "by": by},
    )


def hold_marketing(session: Session, channel: str, now: datetime, by: str, *, held: bool) -> None:
    """Let nothing over a channel but what customers' own orders need, or everything again."""
    session.execute(
        text("""
            INSERT INTO send_taps (name, own_only, changed_at, changed_by)
            VALUES ('channel:' || :channel, :held, :now, :by)
            ON CONFLICT (name) DO UPDATE SET own_only = excluded.own_only, changed_at = excluded.changed_at,
                                             changed_by = excluded.changed_by"""),
        {"channel": channel, "held": held, "now": now, "by": by},
    )


def standstill(session: Session, channel: str) -> Standstill:
    """Return what stands still on a channel, the tap of all included."""
    found = session.execute(
        text("""
            SELECT coalesce(bool_or(paused), false) AS paused, coalesce(bool_or(own_only), false) AS own_only,
                   max(changed_at) FILTER (WHERE paused OR own_only) AS since
            FROM send_taps WHERE name IN ('all', 'channel:' || :channel)"""),
        {"channel": channel},
    )
    return Standstill(**found.mappings().one())


def _allowance(line: Line, channel: str, now: datetime, most: int) -> tuple[int, bool]:
    """Return how many sends may leave now, and whether only those of customers' own orders may.

    With a rate it is as many as fit in two seconds, so that a word still counts.
    """
    paused, per_second, own_only = line.execute(_FLOW, {"channel": channel}).one()
    if paused:
        return 0, own_only
    if per_second is None:
        return most, own_only
    fits = line.execute(_RESERVE, {"channel": channel, "now": now, "wanted": most}).scalars().first()
    return int(fits or 0), own_only


def _leased(row: RowMapping) -> Leased:
    values = {name: row[name] for name in Leased.__dataclass_fields__}
    return Leased(**{**values, "tags": frozenset(row["tags"]), "substitutes": tuple(row["substitutes"])})


_WHERE = {
    "channel": "s.via = :channel",
    "state": "s.state = :state",
    "message": "s.message = :message",
    "customer_id": "s.customer_id = :customer_id",
    "since": "s.changed_at >= :since",
    "until": "s.changed_at < :until",
}


def listed(session: Session, wanted: SendFilter, limit: int, after: tuple[datetime, str] | None) -> list[Shown]:
    """Return sends, the last changed first, from after a place on; messages by the names people know them by."""
    given, clauses = _asked(wanted)
    if after is not None:
        clauses.append("(s.changed_at < :at OR (s.changed_at = :at AND s.id > :id))")
        given |= {"at": after[0], "id": after[1]}
    where = " AND ".join(clauses) or "true"
    found = session.execute(
        text(f"""
            SELECT s.id, s.message, m.name AS message_name, s.version, s.step, s.customer_id, c.name AS customer_name,
                   s.channel, s.via, s.state, s.due_at, s.changed_at, s.attempts, s.error
            FROM sends s LEFT JOIN customers c ON c.id = s.customer_id LEFT JOIN messages m ON m.id = s.message
            WHERE {where} ORDER BY s.changed_at DESC, s.id LIMIT :limit"""),
        {**given, "limit": limit},
    )
    return [Shown(**row) for row in found.mappings()]


def counted(session: Session, wanted: SendFilter) -> dict[str, int]:
    """Return how many of the sends somebody wants to see are in each state, whatever state they chose."""
    given, clauses = _asked(replace(wanted, state=None))
    where = " AND ".join(clauses) or "true"
    found = session.execute(text(f"SELECT s.state, count(*) FROM sends s WHERE {where} GROUP BY s.state"), given)
    return {state: int(number) for state, number in found}


def _asked(wanted: SendFilter) -> tuple[dict[str, object], list[str]]:
    given = {name: getattr(wanted, name) for name in _WHERE if getattr(wanted, name)}
    return given, [_WHERE[name] for name in given]


def flows(session: Session) -> list[Flow]:
    """Return every tap that was ever turned."""
    found = session.execute(
        text("SELECT name, paused, per_second, own_only, changed_at, changed_by FROM send_taps ORDER BY name")
    )
    return [Flow(**row) for row in found.mappings()]


def settle_held(session: Session, send: str, state: str, by: str, now: datetime) -> bool:
    """Let a held send go after all, or drop it; returns whether it was held."""
    done = session.execute(
        text("""
            WITH settled AS (
                UPDATE sends SET state = :state, stale_after = CASE WHEN :state = 'queued' THEN NULL ELSE stale_after END,
                                 changed_at = :now
                WHERE id = :send AND state = 'held' RETURNING id)
            INSERT INTO send_events (send_id, at, what, details)
            SELECT id, :now, CASE WHEN :state = 'queued' THEN 'released' ELSE 'discarded' END,
                   jsonb_build_object('by', CAST(:by AS text)) FROM settled RETURNING send_id"""),
        {"send": send, "state": state, "by": by, "now": now},
    )
    return done.first() is not None


def exists(session: Session, send: str) -> bool:
    """Say whether there is a send of this id."""
    return session.execute(text("SELECT 1 FROM sends WHERE id = :send"), {"send": send}).first() is not None
