"""Every query of what is asked for: asking, taking back, letting a held send go after all."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text

from tenure.kit.db import Session
from tenure.outreach.ledger.asks import NewSend

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

    What is in the air, or nobody can vouch for, is marked: should it turn out never to have left, it does not go again. So is
    what may come back and be tried elsewhere, and what colleagues have yet to be asked for.
    """
    return int(
        session.execute(
            text("""
                WITH meant AS (
                    SELECT id FROM sends
                    WHERE message = :message
                      AND (state IN ('queued', 'held', 'leased', 'sending', 'unknown')
                           OR state = 'accepted' AND (via = 'wecom' OR substitutes <> '[]'))
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
