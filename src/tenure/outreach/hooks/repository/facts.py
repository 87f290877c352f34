"""What happened and is to be told: rows of the ledgers of this house, each read until its place among the others is certain.

A row's number is drawn before its transaction commits, so a smaller one may appear later. What was read is read again until no
transaction is left that was at work then; telling the same event twice stands once.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from tenure.kit.db import Session
from tenure.outreach.hooks.topics import SENDS

WINDOW = 5_000  # rows looked at in one transaction
_MILLISECONDS = (
    "CAST('x' || lpad(substr(id, 5, 12), 16, '0') AS bit(64))::bigint"  # what ids of the audit log begin with
)
_FROM = "'aud_' || lpad(to_hex(CAST({} AS bigint) + 1), 12, '0')"
_SENDS = ",".join(f"'{what}'" for what in SENDS)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Rows in the order of their places, which are numbers, and the facts among those ``:after`` one place and up to another.

    ``slack`` is how far places may be out of order: those of the audit log are times of several machines.
    """

    name: str
    facts: str
    place: str = "id"
    rest: str = "id > :after"
    slack: int = 0


LEDGERS = (
    Ledger(
        "send_events",
        f"""SELECT 'evt_send_' || e.id AS event, 'send.' || e.what AS topic, e.at, jsonb_strip_nulls(jsonb_build_object(
                'send_id', s.id, 'message', s.message, 'step', s.step, 'customer_id', s.customer_id, 'channel', s.via,
                'purpose', s.purpose, 'code', e.details ->> 'code')) AS facts
            FROM send_events e JOIN sends s ON s.id = e.send_id
            WHERE e.id > :after AND e.id <= :upto AND e.what IN ({_SENDS})""",
    ),
    Ledger(
        "consent_records",
        """SELECT 'evt_consent_' || r.id AS event, r.recorded_at AS at,
               CASE r.state WHEN 'granted' THEN 'customer.subscribed' ELSE 'customer.unsubscribed' END AS topic,
               jsonb_build_object('customer_id', r.customer_id, 'purpose', r.purpose, 'channel', r.channel,
                                  'source', r.source) AS facts
           FROM consent_records r
           WHERE r.id > :after AND r.id <= :upto AND r.state IN ('granted', 'withdrawn') AND r.import_id IS NULL""",
    ),
    Ledger(
        "case_entries",
        """SELECT 'evt_alert_' || e.id AS event, e.at,
               CASE e.act WHEN 'open' THEN 'alert.opened' WHEN 'reopen' THEN 'alert.reopened' ELSE 'alert.resolved' END AS topic,
               jsonb_strip_nulls(jsonb_build_object('alert_id', c.id, 'customer_id', c.customer_id, 'tier', c.tier, 'signals',
                   e.details -> 'signals', 'outcome', CASE e.act WHEN 'resolve' THEN e.details -> 'outcome' END)) AS facts
           FROM case_entries e JOIN risk_cases c ON c.id = e.case_id
           WHERE e.id > :after AND e.id <= :upto AND e.act IN ('open', 'reopen', 'resolve')""",
    ),
    Ledger(
        "audit_log",
        f"""SELECT 'evt_' || a.id AS event, a.at,
                CASE a.act WHEN 'customers.merge' THEN 'customer.merged' WHEN 'customers.unmerge' THEN 'customer.unmerged'
                           ELSE 'customer.erased' END AS topic,
                CASE a.act WHEN 'person.erase'  -- whoever was erased is named no more
                           THEN jsonb_build_object('erasure_id', a.after ->> 'id', 'persons', coalesce(a.after -> 'persons', '1'))
                           ELSE jsonb_build_object('customer_id', a.subject_id,
                                                   'merged_id', coalesce(a.after, a.before) ->> 'merged_id') END AS facts
            FROM audit_log a WHERE a.id >= {_FROM.format(":after")} AND a.id < {_FROM.format(":upto")}
              AND a.act IN ('customers.merge', 'customers.unmerge', 'person.erase')""",
        place=_MILLISECONDS,
        rest=f"id >= {_FROM.format(':after')}",
        slack=60_000,
    ),
)

# Each receiver hears what happened since it listens, of what it wants to hear; the order of telling is that of happening.
_TELL = """
    INSERT INTO webhook_deliveries (id, endpoint_id, event_id, topic, body, state, first_at, due_at, changed_at)
    SELECT 'whd_' || left(encode(sha256(convert_to(e.id || ' ' || f.event, 'UTF8')), 'hex'), 24), e.id, f.event, f.topic,
           jsonb_build_object('type', f.topic, 'timestamp',
               to_char(f.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'data', f.facts)::text,
           'waiting', CAST(:now AS timestamptz), least(f.at, CAST(:now AS timestamptz)), CAST(:now AS timestamptz)
    FROM ({facts}) f JOIN webhook_endpoints e
      ON e.state <> 'gone' AND e.created_at <= f.at AND (e.topics = '[]'::jsonb OR e.topics @> jsonb_build_array(f.topic))
    ON CONFLICT (endpoint_id, event_id) DO NOTHING RETURNING 1"""

_BEGIN = """
    INSERT INTO webhook_marks (ledger, low, seen, seen_at)
    SELECT :ledger, greatest(last.place - :slack, 0), last.place, clock_timestamp()
    FROM (SELECT coalesce((SELECT {place} FROM {name} ORDER BY id DESC LIMIT 1), 0) AS place) last
    ON CONFLICT (ledger) DO UPDATE SET low = excluded.low, seen = excluded.seen, seen_at = excluded.seen_at"""

_ENDS = "SELECT max({place}), count(*) FROM (SELECT id FROM {name} WHERE {rest} ORDER BY id LIMIT :window) next"

# What had been seen is certain once every transaction at work began after that.
_SETTLE = text("""
    UPDATE webhook_marks m
    SET low = greatest(m.low, m.seen - :slack), seen = greatest(m.seen, :seen), seen_at = clock_timestamp()
    WHERE m.ledger = :ledger AND NOT EXISTS (
        SELECT 1 FROM pg_stat_activity a
        WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() AND a.xact_start <= m.seen_at)""")


def begin(session: Session) -> None:
    """Let every ledger be told from here on: nobody listened before."""
    for ledger in LEDGERS:
        asked = _BEGIN.format(place=ledger.place, name=ledger.name)
        session.execute(text(asked), {"ledger": ledger.name, "slack": ledger.slack})


def mark(session: Session, ledger: Ledger) -> int:
    """Return up to which place a ledger has been told for certain."""
    asked = text("SELECT low FROM webhook_marks WHERE ledger = :ledger")
    return int(session.execute(asked, {"ledger": ledger.name}).scalar() or 0)


def window_ends(session: Session, ledger: Ledger, after: int) -> tuple[int, bool] | None:
    """Return the last place of the next window of a ledger and whether the window is full, or nothing when there is no more.

    An id that does not begin with its time, as no writer of ours makes one, leads nowhere: reading must come to an end.
    """
    asked = text(_ENDS.format(place=ledger.place, name=ledger.name, rest=ledger.rest))
    found, rows = session.execute(asked, {"after": after, "window": WINDOW}).one()
    return None if found is None or int(found) <= after else (int(found), int(rows) >= WINDOW)


def tell(session: Session, ledger: Ledger, after: int, upto: int, now: datetime) -> int:
    """Plan the telling of what stands in a window to everybody who wants to hear it; returns how many tellings are new."""
    asked = text(_TELL.format(facts=ledger.facts))
    return len(session.execute(asked, {"after": after, "upto": upto, "now": now}).all())


def settle(session: Session, ledger: Ledger, seen: int) -> None:
    """Write down how far a ledger was read, once what was read before is certain."""
    session.execute(_SETTLE, {"ledger": ledger.name, "seen": seen, "slack": ledger.slack})
