"""Every query that resolves an unknown send; each changes it only while it is unknown."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import text

from tenure.kit.db import Session
from tenure.outreach.ledger.repository.work import RECALLED

_DUE = text("""
    SELECT s.id, s.customer_id, s.changed_at,
           coalesce((SELECT max(e.at) FROM send_events e WHERE e.send_id = s.id AND e.what = 'sending'), s.changed_at) AS sent_at,
           (SELECT e.details ->> 'to' FROM send_events e WHERE e.send_id = s.id AND e.what = 'sending'
            ORDER BY e.id DESC LIMIT 1) AS written_to,
           coalesce(CASE WHEN s.via = 'sms' THEN c.phone WHEN s.via = 'wecom' THEN c.wecom_id ELSE c.email END, '') AS address
    FROM sends s LEFT JOIN customers r ON r.id = s.customer_id LEFT JOIN customers c ON c.id = coalesce(r.merged_into, r.id)
    WHERE s.state = 'unknown' AND s.via = :channel AND s.changed_at <= :before AND s.id > :after
      AND (CAST(:upto AS text) IS NULL OR s.id <= :upto)
    ORDER BY s.id LIMIT :most""")

_RESOLVE = text(f"""
    WITH resolved AS (
        UPDATE sends SET state = CASE WHEN :state = 'queued' AND {RECALLED} THEN 'cancelled' ELSE :state END,
                         error = :error, provider_id = coalesce(:provider_id, provider_id),
                         accepted_at = CASE WHEN :state = 'accepted' THEN CAST(:sent_at AS timestamptz) ELSE accepted_at END,
                         due_at = CASE WHEN :state = 'queued' THEN CAST(:now AS timestamptz) ELSE due_at END, changed_at = :now
        WHERE id = :id AND state = 'unknown' RETURNING id, state)
    INSERT INTO send_events (send_id, at, what, details)
    SELECT id, :now, CASE WHEN state = 'cancelled' THEN state ELSE :what END, CAST(:details AS jsonb)
    FROM resolved RETURNING send_id""")


def due(
    session: Session, channel: str, before: datetime, after: str, most: int, upto: str | None = None
) -> Sequence[dict[str, Any]]:
    """Return unknown sends of a channel that have been so since a moment, by id from after one on up to another."""
    values = {"channel": channel, "before": before, "after": after, "upto": upto, "most": most}
    return [dict(row) for row in session.execute(_DUE, values).mappings()]


def resolve(
    session: Session, send: Mapping[str, Any], now: datetime, state: str, what: str, details: Mapping[str, object]
) -> bool:
    """Say what became of an unknown send; returns whether it still was unknown."""
    values = {
        "id": send["id"],
        "state": state,
        "what": what,
        "details": json.dumps(dict(details)),
        "provider_id": details.get("provider_id"),
        "error": "given_up" if state == "failed" else None,
        "sent_at": send["sent_at"],
        "now": now,
    }
    return session.execute(_RESOLVE, values).first() is not None
