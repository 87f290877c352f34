"""Every query of webhook receivers and deliveries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, select, text

from tenure.kit.db import Session
from tenure.outreach.hooks.tables import WebhookDelivery, WebhookEndpoint

_PUBLISH = text("""
    INSERT INTO webhook_deliveries (id, endpoint_id, event_id, topic, body, state, first_at, due_at, changed_at)
    SELECT 'whd_' || left(encode(sha256(convert_to(e.id || ' ' || CAST(:event AS text), 'UTF8')), 'hex'), 24),
           e.id, :event, :topic, :body, 'waiting', :now, :now, :now
    FROM webhook_endpoints e
    WHERE e.state <> 'gone' AND (e.topics = '[]'::jsonb OR e.topics @> jsonb_build_array(CAST(:topic AS text)))
    ON CONFLICT (endpoint_id, event_id) DO NOTHING RETURNING id""")

_TAKE = text("""
    UPDATE webhook_deliveries d SET tries = d.tries + 1, due_at = :again, changed_at = :now
    FROM webhook_endpoints e
    WHERE d.id = (SELECT w.id FROM webhook_deliveries w JOIN webhook_endpoints o ON o.id = w.endpoint_id
                  WHERE w.state = 'waiting' AND w.due_at <= :now AND o.state = 'open'
                  ORDER BY w.due_at, w.id LIMIT 1 FOR UPDATE OF w SKIP LOCKED)
      AND e.id = d.endpoint_id
    RETURNING d.id, d.endpoint_id, d.event_id, d.body, d.tries, d.first_at, e.url, e.secret, e.old_secret, e.old_until""")

_REPLAY = text("""
    UPDATE webhook_deliveries SET state = 'waiting', tries = 0, first_at = :now, due_at = :now, changed_at = :now
    WHERE endpoint_id = :endpoint AND first_at >= :since AND first_at < :until
      AND (CAST(:topic AS text) IS NULL OR topic = :topic) AND (NOT :dead_only OR state = 'dead')
    RETURNING id""")


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery somebody takes up, with what is needed to make it; secrets are sealed."""

    id: str
    endpoint_id: str
    event_id: str
    body: str
    tries: int
    first_at: datetime
    url: str
    secrets: tuple[str, ...]


def add(session: Session, endpoint: WebhookEndpoint) -> None:
    """Add a receiver."""
    session.add(endpoint)
    session.flush()


def find(session: Session, endpoint_id: str) -> WebhookEndpoint | None:
    """Return a receiver."""
    return session.get(WebhookEndpoint, endpoint_id)


def endpoints(session: Session) -> Sequence[WebhookEndpoint]:
    """Return every receiver, the oldest first."""
    return session.scalars(select(WebhookEndpoint).order_by(WebhookEndpoint.created_at, WebhookEndpoint.id)).all()


def publish(session: Session, topic: str, event: str, body: str, now: datetime) -> int:
    """Plan the telling of an event to everybody who wants to hear it; told again, it stands once."""
    return len(session.execute(_PUBLISH, {"topic": topic, "event": event, "body": body, "now": now}).all())


def take(session: Session, now: datetime, again: datetime) -> Due | None:
    """Take up the next delivery that is due; nobody else does until ``again``."""
    row = session.execute(_TAKE, {"now": now, "again": again}).mappings().one_or_none()
    return None if row is None else _due(row, now)


def write(session: Session, due: Due, state: str, answer: str, at: datetime | None, now: datetime) -> None:
    """Write down what became of a try; a receiver that fails is remembered to do so since then."""
    session.execute(
        text("""UPDATE webhook_deliveries SET state = :state, answer = :answer, due_at = coalesce(:at, due_at), changed_at = :now
                WHERE id = :id AND state = 'waiting'"""),
        {"state": state, "answer": answer, "at": at, "now": now, "id": due.id},
    )
    session.execute(
        text("""UPDATE webhook_endpoints
                SET failing_since = CASE WHEN :state = 'delivered' THEN NULL ELSE coalesce(failing_since, :now) END
                WHERE id = :id"""),
        {"state": state, "now": now, "id": due.endpoint_id},
    )


def replay(
    session: Session, endpoint: str, since: datetime, until: datetime, topic: str | None, dead_only: bool, now: datetime
) -> int:
    """Tell a receiver again what it was told in a span; returns how many."""
    values = {"endpoint": endpoint, "since": since, "until": until, "topic": topic, "dead_only": dead_only, "now": now}
    return len(session.execute(_REPLAY, values).all())


def deliveries(session: Session, endpoint: str, limit: int) -> Sequence[WebhookDelivery]:
    """Return what a receiver was told, newest first."""
    asked = select(WebhookDelivery).where(WebhookDelivery.endpoint_id == endpoint)
    return session.scalars(asked.order_by(WebhookDelivery.first_at.desc(), WebhookDelivery.id).limit(limit)).all()


def _due(row: RowMapping, now: datetime) -> Due:
    overlaps = row["old_secret"] is not None and row["old_until"] is not None and now < row["old_until"]
    secrets = (row["secret"], row["old_secret"]) if overlaps else (row["secret"],)
    return Due(
        row["id"],
        row["endpoint_id"],
        row["event_id"],
        row["body"],
        row["tries"],
        row["first_at"],
        row["url"],
        secrets,
    )
