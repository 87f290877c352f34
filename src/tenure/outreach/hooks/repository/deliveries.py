"""Every query of webhook receivers and deliveries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, delete, func, select, text

from tenure.kit.db import Session
from tenure.outreach.hooks.tables import WebhookDelivery, WebhookEndpoint

_PLAN = text("""
    INSERT INTO webhook_deliveries (id, endpoint_id, event_id, topic, body, state, first_at, due_at, changed_at)
    SELECT 'whd_' || left(encode(sha256(convert_to(e.id || ' ' || CAST(:event AS text), 'UTF8')), 'hex'), 24),
           e.id, :event, :topic, :body, 'waiting', :now, :now, :now
    FROM webhook_endpoints e WHERE e.id = :endpoint
    ON CONFLICT (endpoint_id, event_id) DO NOTHING RETURNING id""")

_TAKE = text("""
    UPDATE webhook_deliveries d SET tries = d.tries + 1, due_at = :again, changed_at = :now
    FROM webhook_endpoints e
    WHERE d.id = (SELECT w.id FROM webhook_deliveries w
                  WHERE w.endpoint_id = :endpoint AND w.state = 'waiting' AND w.due_at <= :now
                  ORDER BY w.due_at, w.id LIMIT 1 FOR UPDATE OF w SKIP LOCKED)
      AND e.id = d.endpoint_id AND e.state = 'open'
    RETURNING d.id, d.endpoint_id, d.event_id, d.body, d.tries, d.first_at, e.url, e.network, e.secret, e.old_secret, e.old_until""")

_REPLAY = text("""
    UPDATE webhook_deliveries SET state = 'waiting', tries = 0, first_at = :now, due_at = :now, changed_at = :now
    WHERE endpoint_id = :endpoint AND first_at >= :since AND first_at < :until AND state <> 'waiting'
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
    network: str
    secrets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which deliveries are wanted: of a receiver, in a state, of a topic."""

    endpoint_id: str
    state: str | None = None
    topic: str | None = None


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


def drop(session: Session, endpoint_id: str) -> None:
    """Forget a receiver, with everything it was told."""
    session.execute(delete(WebhookEndpoint).where(WebhookEndpoint.id == endpoint_id))


def counts(session: Session) -> Mapping[str, Mapping[str, int]]:
    """Return for every receiver how many deliveries are in each state."""
    asked = select(WebhookDelivery.endpoint_id, WebhookDelivery.state, func.count())
    found: dict[str, dict[str, int]] = {}
    for endpoint, state, number in session.execute(asked.group_by(WebhookDelivery.endpoint_id, WebhookDelivery.state)):
        found.setdefault(endpoint, {})[state] = number
    return found


def plan(session: Session, endpoint: str, topic: str, event: str, body: str, now: datetime) -> str | None:
    """Plan the telling of an event to one receiver; told again, it stands once. Returns the delivery's id."""
    values = {"endpoint": endpoint, "topic": topic, "event": event, "body": body, "now": now}
    return session.execute(_PLAN, values).scalar()


def due_endpoints(session: Session, now: datetime) -> Sequence[str]:
    """Return the receivers for whom something is due."""
    found = session.scalars(
        select(WebhookEndpoint.id)
        .where(WebhookEndpoint.state == "open")
        .where(
            select(WebhookDelivery.id)
            .where(WebhookDelivery.endpoint_id == WebhookEndpoint.id)
            .where(WebhookDelivery.state == "waiting", WebhookDelivery.due_at <= now)
            .exists()
        )
        .order_by(WebhookEndpoint.id)
    )
    return found.all()


def take(session: Session, endpoint: str, now: datetime, again: datetime) -> Due | None:
    """Take up a receiver's next delivery that is due; nobody else does until ``again``."""
    row = session.execute(_TAKE, {"endpoint": endpoint, "now": now, "again": again}).mappings().one_or_none()
    return None if row is None else _due(row, now)


def write(session: Session, due: Due, state: str, answer: str, at: datetime | None, now: datetime) -> None:
    """Write down what became of a try; a receiver that fails is remembered to do so since then."""
    session.execute(
        text("""UPDATE webhook_deliveries SET state = :state, answer = :answer, due_at = coalesce(:at, due_at), changed_at = :now
                WHERE id = :id AND state = 'waiting'"""),
        {"state": state, "answer": answer, "at": at, "now": now, "id": due.id},
    )
    session.execute(
        text("""UPDATE webhook_endpoints SET failing_since = CASE WHEN :good THEN NULL ELSE coalesce(failing_since, :now) END
                WHERE id = :id AND (failing_since IS NOT NULL) = :good"""),
        {"good": state == "delivered", "now": now, "id": due.endpoint_id},
    )


def replay(session: Session, endpoint: str, span: Mapping[str, object], now: datetime) -> int:
    """Tell a receiver again what it was told in a span (``since``, ``until``, ``topic``, ``dead_only``); returns how many."""
    return len(session.execute(_REPLAY, {"endpoint": endpoint, **span, "now": now}).all())


def delivery(session: Session, delivery_id: str) -> WebhookDelivery | None:
    """Return one delivery."""
    return session.get(WebhookDelivery, delivery_id)


def deliveries(
    session: Session, wanted: Wanted, limit: int, after: tuple[datetime, str] | None
) -> Sequence[WebhookDelivery]:
    """Return what a receiver was told, newest first, from after a place on."""
    asked = select(WebhookDelivery).where(WebhookDelivery.endpoint_id == wanted.endpoint_id)
    for column, value in ((WebhookDelivery.state, wanted.state), (WebhookDelivery.topic, wanted.topic)):
        asked = asked if value is None else asked.where(column == value)
    if after is not None:
        place = (WebhookDelivery.first_at < after[0]) | (
            (WebhookDelivery.first_at == after[0]) & (WebhookDelivery.id > after[1])
        )
        asked = asked.where(place)
    return session.scalars(asked.order_by(WebhookDelivery.first_at.desc(), WebhookDelivery.id).limit(limit)).all()


def forget(session: Session, delivered_before: datetime, dead_before: datetime) -> int:
    """Forget deliveries that ended long ago, and what waited so long for a receiver nobody tells; returns how many."""
    gone = session.execute(
        text("""WITH gone AS (
                    DELETE FROM webhook_deliveries d USING webhook_endpoints e
                    WHERE e.id = d.endpoint_id AND (
                        (d.state = 'delivered' AND d.changed_at < :delivered)
                        OR ((d.state = 'dead' OR e.state <> 'open') AND d.changed_at < :dead)) RETURNING 1)
                SELECT count(*) FROM gone"""),
        {"delivered": delivered_before, "dead": dead_before},
    )
    return int(gone.scalar_one())


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
        row["network"],
        secrets,
    )
