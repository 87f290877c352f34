"""The queries that change a send after it left."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import text

from tenure.kit.db import Session
from tenure.outreach.ledger.repository.work import RECALLED, Line

_SETTLE = text("""
    WITH settled AS (
        UPDATE sends SET state = :state, error = :error, changed_at = :now,
                         accepted_at = CASE WHEN :state = 'delivered' THEN coalesce(accepted_at, (
                             SELECT max(e.at) FROM send_events e WHERE e.send_id = sends.id AND e.what = 'sending'), :now)
                             ELSE accepted_at END
        WHERE id = ANY(CAST(:ids AS text[])) AND state IN ('accepted', 'unknown') RETURNING id),
    told AS (
        INSERT INTO send_events (send_id, at, what, details)
        SELECT id, :now, :state, CAST(:details AS jsonb) FROM settled)
    SELECT count(*) FROM settled""")

_NOTE = text("""
    INSERT INTO send_events (send_id, at, what, details)
    SELECT id, :now, :what, CAST(:details AS jsonb) FROM unnest(CAST(:ids AS text[])) AS one(id)""")

# The next channel after the one that failed; the gate decides about it like about any other send. What was taken back ends here.
_FALL_BACK = text(rf"""
    WITH failed AS (
        SELECT s.*, CASE WHEN s.substitutes @> jsonb_build_array(s.via)
                         THEN (SELECT min(place) FROM jsonb_array_elements_text(s.substitutes) WITH ORDINALITY AS one(name, place)
                               WHERE name = s.via) ELSE 0 END AS tried
        FROM sends s WHERE s.id IN (SELECT id FROM sends WHERE id = ANY(CAST(:ids AS text[])) AND NOT {RECALLED})),
    following AS (
        SELECT failed.*, failed.substitutes ->> CAST(failed.tried AS integer) AS instead FROM failed),
    asked AS (
        INSERT INTO sends (id, message, step, customer_id, channel, via, state, purpose, category, tags, priority,
                           transactional, cost, substitutes, due_at, stale_after, parameters, version, asked_by,
                           created_at, changed_at)
        SELECT 'snd_' || left(encode(sha256(convert_to(concat_ws(E'\x1f', message, step, instead, customer_id), 'UTF8')),
                                     'hex'), 24),
               message, step, customer_id, instead, instead, 'queued', purpose, category, tags, priority, transactional,
               cost, substitutes, CAST(:now AS timestamptz), stale_after, parameters, version, asked_by,
               CAST(:now AS timestamptz), CAST(:now AS timestamptz)
        FROM following WHERE instead IS NOT NULL
        ON CONFLICT (message, step, customer_id, channel) DO NOTHING
        RETURNING id, message, step, customer_id),
    told AS (
        INSERT INTO send_events (send_id, at, what, details)
        SELECT asked.id, :now, 'queued', jsonb_build_object('instead_of', following.id, 'why', CAST(:why AS text))
        FROM asked JOIN following USING (message, step, customer_id))
    SELECT count(*) FROM asked""")


def settle(session: Session, ids: Sequence[str], state: str, details: Mapping[str, object], now: datetime) -> int:
    """Say that sends a provider took arrived or failed; returns how many this is news for."""
    error = details.get("why") if state == "failed" else None
    values = {"ids": list(ids), "state": state, "error": error, "details": json.dumps(dict(details)), "now": now}
    return int(session.execute(_SETTLE, values).scalar_one())


def note(session: Session, ids: Sequence[str], what: str, details: Mapping[str, object], now: datetime) -> None:
    """Write down something that happened to sends without changing them."""
    session.execute(_NOTE, {"ids": list(ids), "what": what, "details": json.dumps(dict(details)), "now": now})


def fall_back(session: Session | Line, ids: Sequence[str], why: str, now: datetime) -> int:
    """Ask for the same messages over each send's next channel; returns how many were asked for."""
    return int(session.execute(_FALL_BACK, {"ids": list(ids), "why": why, "now": now}).scalar_one())
