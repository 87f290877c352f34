"""Every query of colleagues' tasks and of what was handed over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, RowMapping, text

from tenure.kit.db import Session
from tenure.outreach.ledger.repository.work import RECALLED

# The colleague who spoke to the customer last is the one WeCom asks; who never spoke counts by the day they met.
_COLLEAGUE = text("""
    SELECT r.colleague FROM wecom_relations r
    LEFT JOIN wecom_colleagues c ON c.userid = r.colleague
    WHERE r.contact = :contact AND r.left_at IS NULL AND c.gone_at IS NULL
    ORDER BY coalesce(r.talked_at, r.added_at) DESC, r.colleague LIMIT 1""")

_COUNT = text("""
    SELECT count(*) FROM wecom_handed
    WHERE contact = :contact AND counted_on >= :since AND state IN ('gathered', 'waiting', 'sent', 'unknown')""")

_HAND_OVER = text("""
    INSERT INTO wecom_handed (send_id, contact, colleague, message, words, state, counted_on, at, changed_at)
    SELECT s.id, :contact, :colleague, s.message || '/' || s.step, :words, 'gathered', :day, :now, :now
    FROM sends s WHERE s.id = :send
    ON CONFLICT (send_id) DO NOTHING RETURNING send_id""")

_FORM = text("""
    WITH ripe AS (
        SELECT colleague, message, words FROM wecom_handed WHERE state = 'gathered'
        GROUP BY colleague, message, words HAVING min(at) <= :before),
    placed AS (
        SELECT h.send_id, h.colleague, h.message, h.words,
               (row_number() OVER (PARTITION BY h.colleague, h.message, h.words ORDER BY h.send_id) - 1) / :most AS part
        FROM wecom_handed h JOIN ripe USING (colleague, message, words) WHERE h.state = 'gathered'),
    named AS (
        SELECT placed.*, 'wct_' || left(encode(sha256(convert_to(
                   min(send_id) OVER (PARTITION BY colleague, message, words, part), 'UTF8')), 'hex'), 24) AS task
        FROM placed),
    made AS (
        INSERT INTO wecom_tasks (id, colleague, message, words, state, due_at, expires_at, created_at, changed_at)
        SELECT DISTINCT task, colleague, message, words, 'planned', CAST(:now AS timestamptz), :expires, CAST(:now AS timestamptz),
               CAST(:now AS timestamptz) FROM named
        RETURNING id)
    SELECT named.send_id, named.task FROM named JOIN made ON made.id = named.task""")

_JOIN = text("""
    UPDATE wecom_handed SET task_id = new.task, state = 'waiting', changed_at = :now
    FROM unnest(CAST(:sends AS text[]), CAST(:tasks AS text[])) AS new(send, task) WHERE send_id = new.send""")

_TAKE = text("""
    UPDATE wecom_tasks SET state = CASE WHEN state = 'planned' THEN 'asking' ELSE state END,
                           tries = tries + 1, due_at = :again, changed_at = :now
    WHERE id = (SELECT id FROM wecom_tasks WHERE state = :state AND due_at <= :now
                ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, colleague, message, words, state, msgid, tries, reminded_at, asked_at, expires_at""")

# Between the gate and the question hours may pass: whoever said no meanwhile, under any record that is theirs, is left out.
_CHANGED_MIND = text("""
    SELECT DISTINCT h.contact FROM wecom_handed h JOIN sends s ON s.id = h.send_id JOIN customers r ON r.id = s.customer_id
    CROSS JOIN LATERAL (
        SELECT w.state FROM consents w
        WHERE (w.customer_id = coalesce(r.merged_into, r.id)
               OR w.customer_id IN (SELECT m.id FROM customers m WHERE m.merged_into = coalesce(r.merged_into, r.id)))
          AND w.purpose IN (s.purpose, 'any') AND w.channel IN ('wecom', 'any')
        ORDER BY w.at DESC, w.state = 'granted' LIMIT 1) said
    WHERE h.task_id = :task AND h.state = 'waiting' AND NOT s.transactional AND said.state = 'withdrawn'""")

_TAKEN_BACK = text(f"""
    UPDATE wecom_handed h SET state = 'failed', changed_at = :now FROM sends
    WHERE sends.id = h.send_id AND h.task_id = :task AND h.state = 'waiting' AND {RECALLED} RETURNING h.send_id""")

_RESULTS = text("""
    UPDATE wecom_handed SET state = new.state, changed_at = :now,
           counted_on = CASE WHEN new.state = 'sent' THEN coalesce(new.day, counted_on) ELSE counted_on END
    FROM unnest(CAST(:contacts AS text[]), CAST(:states AS text[]), CAST(:days AS date[])) AS new(contact, state, day)
    WHERE task_id = :task AND wecom_handed.contact = new.contact AND wecom_handed.state = 'waiting'
    RETURNING send_id, wecom_handed.state""")


@dataclass(frozen=True, slots=True)
class Question:
    """A task as it stands when somebody takes it up."""

    id: str
    colleague: str
    words: str
    msgid: str | None
    tries: int
    reminded_at: list[datetime]
    asked_at: datetime | None
    expires_at: datetime


def colleague_of(session: Session, contact: str) -> str | None:
    """Return the colleague to ask about a customer: who spoke to them last."""
    return session.execute(_COLLEAGUE, {"contact": contact}).scalar()


def received(session: Session, contact: str, since: date) -> int:
    """Return how many messages count against a customer's quota since a day; others wait until this is said."""
    session.execute(text("SELECT pg_advisory_xact_lock(7368803, hashtext(:contact))"), {"contact": contact})
    return int(session.execute(_COUNT, {"contact": contact, "since": since}).scalar_one())


def hand_over(session: Session, send: str, contact: str, colleague: str, words: str, day: date, now: datetime) -> None:
    """Keep a send for the next task; handed over again, it stands once."""
    values = {"send": send, "contact": contact, "colleague": colleague, "words": words, "day": day, "now": now}
    session.execute(_HAND_OVER, values)


def handed(session: Session, send: str) -> bool:
    """Tell whether a send was handed over."""
    return session.execute(text("SELECT 1 FROM wecom_handed WHERE send_id = :send"), {"send": send}).scalar() == 1


def form(session: Session, now: datetime, before: datetime, expires: datetime, most: int) -> int:
    """Make tasks of what was gathered; returns how many. One former at a time."""
    session.execute(text("SELECT pg_advisory_xact_lock(7368804)"))
    values = {"now": now, "before": before, "expires": expires, "most": most}
    rows = session.execute(_FORM, values).all()
    if rows:
        session.execute(_JOIN, {"sends": [row[0] for row in rows], "tasks": [row[1] for row in rows], "now": now})
    return len({row[1] for row in rows})


def take(session: Session, state: str, now: datetime, again: datetime) -> Question | None:
    """Take up the next task that is due in a state; a planned one is ``asking`` from here on."""
    row = session.execute(_TAKE, {"state": state, "now": now, "again": again}).mappings().one_or_none()
    return None if row is None else _question(row)


def contacts(session: Session, task: str) -> Sequence[str]:
    """Return the customers of a task nobody has an answer about."""
    found = text(
        "SELECT DISTINCT contact FROM wecom_handed WHERE task_id = :task AND state = 'waiting' ORDER BY contact"
    )
    return session.execute(found, {"task": task}).scalars().all()


def changed_their_mind(session: Session, task: str) -> Sequence[str]:
    """Return the customers of a task who took their consent back since it was handed over."""
    return session.execute(_CHANGED_MIND, {"task": task}).scalars().all()


def leave_out_taken_back(session: Session, task: str, now: datetime) -> Sequence[str]:
    """Take out of a task what was taken back since it was handed over; returns these sends."""
    return session.execute(_TAKEN_BACK, {"task": task, "now": now}).scalars().all()


def move(session: Session, task: str, now: datetime, **values: object) -> None:
    """Change a task's columns."""
    columns = ", ".join(f"{name} = :{name}" for name in values)
    session.execute(
        text(f"UPDATE wecom_tasks SET {columns}, changed_at = :now WHERE id = :task"),
        {**values, "task": task, "now": now},
    )


def remember_reminder(session: Session, task: str, now: datetime) -> None:
    """Write down that a colleague was reminded."""
    session.execute(
        text("""UPDATE wecom_tasks SET reminded_at = reminded_at || to_jsonb(CAST(:at AS text)), changed_at = :now
                WHERE id = :task"""),
        {"at": now.isoformat(), "now": now, "task": task},
    )


def write_results(
    session: Session, task: str, results: Mapping[str, tuple[str, date | None]], now: datetime
) -> dict[str, list[str]]:
    """Write down what customers received; returns the sends each state is news for."""
    changed = session.execute(
        _RESULTS,
        {
            "task": task,
            "contacts": list(results),
            "states": [state for state, _ in results.values()],
            "days": [day for _, day in results.values()],
            "now": now,
        },
    )
    return _by_state(changed.all())


def end_waiting(session: Session, task: str, state: str, now: datetime) -> dict[str, list[str]]:
    """Close what is still waiting in a task; returns the sends this is news for."""
    changed = session.execute(
        text("""UPDATE wecom_handed SET state = :state, changed_at = :now
                WHERE task_id = :task AND state = 'waiting' RETURNING send_id, state"""),
        {"task": task, "state": state, "now": now},
    )
    return _by_state(changed.all())


def waiting(session: Session, task: str) -> int:
    """Return how many customers of a task nobody has an answer about."""
    found = text("SELECT count(*) FROM wecom_handed WHERE task_id = :task AND state = 'waiting'")
    return int(session.execute(found, {"task": task}).scalar_one())


def abandoned(session: Session, before: datetime) -> Sequence[str]:
    """Return the tasks whose question was leaving when its worker went away."""
    found = text("SELECT id FROM wecom_tasks WHERE state = 'asking' AND changed_at < :before FOR UPDATE SKIP LOCKED")
    return session.execute(found, {"before": before}).scalars().all()


def states(session: Session) -> dict[str, int]:
    """Return how many handed-over sends are in each state."""
    found = session.execute(text("SELECT state, count(*) FROM wecom_handed GROUP BY state")).all()
    return {row[0]: int(row[1]) for row in found}


def _question(row: RowMapping) -> Question:
    reminded = [datetime.fromisoformat(at) for at in row["reminded_at"]]
    return Question(
        row["id"],
        row["colleague"],
        row["words"],
        row["msgid"],
        row["tries"],
        reminded,
        row["asked_at"],
        row["expires_at"],
    )


def _by_state(rows: Sequence[Row[Any]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.state, []).append(row.send_id)
    return found
