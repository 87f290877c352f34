"""Raised signals become cases: set-based, in one transaction, the same however often it is done."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa
from sqlalchemy import text
from sqlalchemy.orm import Session

from tenure.directory.customers.copying import copy_in
from tenure.risk.cases.watched import Watched

_ONE_WATCHER = 7_368_791  # advisory lock: two pipelines at once take turns
COLUMNS = ("customer_id", "signal", "evidence", "since", "fresh", "en", "zh", "label", "step")
EPISODE = "30 days"  # a state that comes back sooner is the same occurrence, so that nothing flickers


def take_turn(session: Session) -> None:
    """Wait until no other pipeline takes signals in; held to the end of the transaction."""
    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_WATCHER})


def watched_as_of(session: Session) -> datetime | None:
    """Return the latest instant customers were watched at."""
    found: datetime | None = session.scalar(text("SELECT watched_as_of FROM warning_settings"))
    return found


def remember_watched(session: Session, as_of: datetime) -> None:
    """Keep the instant customers were watched at."""
    session.execute(
        text("""INSERT INTO warning_settings (id, watched_as_of) VALUES (1, :as_of)
                ON CONFLICT (id) DO UPDATE SET watched_as_of = excluded.watched_as_of"""),
        {"as_of": as_of},
    )


# A customer merged into another takes case and signals along; of two unresolved cases the survivor's stays.
_FOLLOW_MERGES = (
    """
WITH effective AS (
    SELECT c.id, m.merged_into, row_number() OVER (
        PARTITION BY coalesce(m.merged_into, c.customer_id) ORDER BY m.merged_into IS NOT NULL, c.opened_at, c.id) AS place
    FROM risk_cases c LEFT JOIN customers m ON m.id = c.customer_id WHERE c.state <> 'resolved'
), closed AS (
    UPDATE risk_cases c SET state = 'resolved', outcome = 'merged', resolved_at = :now, snoozed_until = NULL
    FROM effective e WHERE e.id = c.id AND e.place > 1 RETURNING c.id
)
INSERT INTO case_entries (case_id, at, actor_kind, actor_id, actor_name, act, details)
SELECT id, :now, 'system', 'system', 'Tenure', 'resolve', jsonb_build_object('outcome', 'merged') FROM closed""",
    """
DELETE FROM raised_signals r USING (
    SELECT r.ctid AS place, row_number() OVER (
        PARTITION BY coalesce(m.merged_into, r.customer_id), r.signal, r.evidence
        ORDER BY m.merged_into IS NOT NULL, r.as_of, r.customer_id) AS copy
    FROM raised_signals r LEFT JOIN customers m ON m.id = r.customer_id) twice
WHERE r.ctid = twice.place AND twice.copy > 1""",
    """
UPDATE raised_signals r SET customer_id = m.merged_into FROM customers m
WHERE m.id = r.customer_id AND m.merged_into IS NOT NULL""",
    """
UPDATE risk_cases c SET customer_id = m.merged_into FROM customers m
WHERE m.id = c.customer_id AND m.merged_into IS NOT NULL""",
)

_STAGE = """
CREATE TEMP TABLE told_signals (customer_id text NOT NULL, signal text NOT NULL, evidence text, since timestamptz,
    fresh boolean, en text, zh text, label jsonb, step jsonb, case_id text, how text) ON COMMIT DROP"""

# A state has no evidence of its own: it is the occurrence that still lasts or ended a little while ago, else a new one.
_NAME_STATES = f"""
UPDATE told_signals t SET evidence = coalesce((
    SELECT r.evidence FROM raised_signals r WHERE r.customer_id = t.customer_id AND r.signal = t.signal
      AND (r.ended_at IS NULL OR r.ended_at > CAST(:as_of AS timestamptz) - interval '{EPISODE}')
    ORDER BY r.as_of DESC, r.evidence DESC LIMIT 1), :stamp)
WHERE evidence IS NULL"""

_END = """
UPDATE raised_signals r SET ended_at = :as_of
WHERE ended_at IS NULL AND signal = ANY(:passing) AND NOT EXISTS (
    SELECT 1 FROM told_signals t WHERE (t.customer_id, t.signal, t.evidence) = (r.customer_id, r.signal, r.evidence))"""

_REVIVE = """
UPDATE raised_signals r SET ended_at = NULL FROM told_signals t
WHERE r.ended_at IS NOT NULL AND (t.customer_id, t.signal, t.evidence) = (r.customer_id, r.signal, r.evidence)"""

_ONLY_NEW = """
DELETE FROM told_signals t WHERE NOT fresh OR EXISTS (
    SELECT 1 FROM raised_signals r WHERE (t.customer_id, t.signal, t.evidence) = (r.customer_id, r.signal, r.evidence))"""

_PLACE = (
    """
UPDATE told_signals t SET case_id = c.id, how = CASE c.state WHEN 'snoozed' THEN 'wake' ELSE 'join' END
FROM risk_cases c WHERE c.customer_id = t.customer_id AND c.state <> 'resolved'""",
    """
UPDATE told_signals t SET case_id = c.id, how = 'quiet' FROM (
    SELECT DISTINCT ON (c.customer_id, r.signal) c.customer_id, r.signal, c.id
    FROM risk_cases c JOIN raised_signals r ON r.case_id = c.id
    WHERE c.outcome = 'false_alarm' AND c.resolved_at > CAST(:now AS timestamptz) - make_interval(days => :quiet_days)
    ORDER BY c.customer_id, r.signal, c.resolved_at DESC, c.id) c
WHERE t.case_id IS NULL AND (c.customer_id, c.signal) = (t.customer_id, t.signal)""",
    """
UPDATE told_signals t SET case_id = c.id, how = 'reopen' FROM (
    SELECT DISTINCT ON (customer_id) customer_id, id, outcome, resolved_at FROM risk_cases
    WHERE state = 'resolved' ORDER BY customer_id, resolved_at DESC, id) c
WHERE t.case_id IS NULL AND c.customer_id = t.customer_id AND c.outcome IN ('saved', 'no_answer', 'came_back', 'other')
  AND c.resolved_at > CAST(:now AS timestamptz) - make_interval(days => :reopen_days)""",
    """
UPDATE told_signals t SET how = 'open', case_id = 'case_' || left(encode(sha256(convert_to(
    t.customer_id || '|' || :stamp || '|' || (SELECT count(*) FROM risk_cases c WHERE c.customer_id = t.customer_id),
    'UTF8')), 'hex'), 24)
WHERE case_id IS NULL""",
)

_OPEN = """
INSERT INTO risk_cases (id, customer_id, state, priority, opened_at, due_at)
SELECT DISTINCT case_id, customer_id, 'open', 0, CAST(:now AS timestamptz), CAST(:now AS timestamptz)
FROM told_signals WHERE how = 'open'"""
_REOPEN = """
UPDATE risk_cases SET state = 'open', outcome = NULL, resolved_at = NULL, attended_at = NULL, escalation = 0,
    reopened = reopened + 1, due_at = CAST(:now AS timestamptz) + interval '72 hours'
WHERE id IN (SELECT case_id FROM told_signals WHERE how = 'reopen')"""
_WAKE = """
UPDATE risk_cases SET state = 'open', snoozed_until = NULL
WHERE id IN (SELECT case_id FROM told_signals WHERE how = 'wake')"""
_KEEP = """
INSERT INTO raised_signals (customer_id, signal, evidence, case_id, as_of, since, en, zh, label, step)
SELECT customer_id, signal, evidence, case_id, CAST(:as_of AS timestamptz), since, en, zh, label, step FROM told_signals"""
_WRITE_DOWN = """
INSERT INTO case_entries (case_id, at, actor_kind, actor_id, actor_name, act, details)
SELECT case_id, :now, 'system', 'system', 'Tenure', how, jsonb_build_object('signals', jsonb_agg(signal ORDER BY signal))
FROM told_signals GROUP BY case_id, how ORDER BY case_id, how"""
# What is at stake is looked up anew at every look; where nothing tells a value, danger alone gives the order.
_NUMBERS = """
UPDATE risk_cases c SET tier = s.tier, churn_risk = s.churn_risk, value_at_stake = s.value_365,
    priority = coalesce(s.churn_risk * s.value_365, s.churn_risk, 0)
FROM customer_summaries s WHERE s.customer_id = c.customer_id AND c.state <> 'resolved'
  AND (c.tier, c.churn_risk, c.value_at_stake) IS DISTINCT FROM (s.tier, s.churn_risk, s.value_365)"""
_COUNTS = "SELECT how, count(DISTINCT case_id) AS cases, count(*) AS signals FROM told_signals GROUP BY how"

_CAME_BACK = """
WITH over AS (
    UPDATE risk_cases c SET state = 'resolved', outcome = 'came_back', resolved_at = :now, snoozed_until = NULL
    WHERE c.state = 'open' AND c.attended_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM raised_signals r WHERE r.case_id = c.id AND r.ended_at IS NULL)
      AND EXISTS (SELECT 1 FROM raised_signals r WHERE r.case_id = c.id)
    RETURNING c.id
), told AS (
    INSERT INTO case_entries (case_id, at, actor_kind, actor_id, actor_name, act, details)
    SELECT id, :now, 'system', 'system', 'Tenure', 'resolve', jsonb_build_object('outcome', 'came_back') FROM over
)
SELECT count(*) FROM over"""


def take_in(
    session: Session, told: Iterable[pa.RecordBatch], passing: Sequence[str], watched: Watched, days: dict[str, int]
) -> dict[str, int]:
    """Let raised signals open, join, wake and reopen cases; returns how many cases each happened to.

    ``passing`` are the signals that are over when they are not told any more; ``days`` holds ``quiet_days`` and
    ``reopen_days``.
    """
    values = watched.values()
    for statement in _FOLLOW_MERGES:
        session.execute(text(statement), values)
    session.execute(text(_STAGE))
    driver = session.connection().connection.driver_connection
    copy_in(driver, "told_signals", COLUMNS, told)
    session.execute(text("CREATE INDEX ON told_signals (customer_id, signal, evidence); ANALYZE told_signals"))
    session.execute(text(_NAME_STATES), values)
    session.execute(text(_END), {**values, "passing": list(passing)})
    session.execute(text(_REVIVE))
    session.execute(text(_ONLY_NEW))
    for statement in _PLACE:
        session.execute(text(statement), {**values, **days})
    for statement in (_OPEN, _REOPEN, _WAKE, _KEEP, _WRITE_DOWN, _NUMBERS):
        session.execute(text(statement), values)
    counts = {row.how: int(row.cases) for row in session.execute(text(_COUNTS))}
    counts["came_back"] = int(session.scalar(text(_CAME_BACK), values) or 0)
    session.execute(text("DROP TABLE told_signals"))
    return counts


def unowned(session: Session) -> Sequence[Mapping[str, Any]]:
    """Return unresolved cases nobody who may work on them owns, most to lose first."""
    found = session.execute(
        text("""SELECT c.id, c.tier, c.value_at_stake, c.opened_at FROM risk_cases c
                    LEFT JOIN members m ON m.id = c.owner_id
                    WHERE c.state <> 'resolved' AND (m.id IS NULL OR NOT m.active)
                    ORDER BY c.priority DESC, c.id""")
    )
    return [dict(row) for row in found.mappings()]


def own(session: Session, batches: Iterable[pa.RecordBatch], watched_now: datetime) -> None:
    """Give cases their owners and due times: batches of case_id, owner_id and due_hours."""
    session.execute(
        text("CREATE TEMP TABLE given_cases (case_id text, owner_id text, due_hours bigint) ON COMMIT DROP")
    )
    driver = session.connection().connection.driver_connection
    copy_in(driver, "given_cases", ("case_id", "owner_id", "due_hours"), batches)
    values = {"now": watched_now}
    session.execute(
        text("""UPDATE risk_cases c SET owner_id = g.owner_id,
                    due_at = CAST(:now AS timestamptz) + make_interval(hours => g.due_hours::int)
                FROM given_cases g WHERE g.case_id = c.id AND (g.owner_id IS NOT NULL OR c.due_at = c.opened_at)"""),
        values,
    )
    session.execute(
        text("""INSERT INTO case_entries (case_id, at, actor_kind, actor_id, actor_name, act, details)
                SELECT case_id, :now, 'system', 'system', 'Tenure', 'assign', jsonb_build_object('owner_id', owner_id)
                FROM given_cases WHERE owner_id IS NOT NULL ORDER BY case_id"""),
        values,
    )
    session.execute(text("DROP TABLE given_cases"))
