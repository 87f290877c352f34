"""The verbs of webhooks: let somebody listen, tell them, try again, give up, tell again."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from tenure.channels.channel import Channel, Outgoing, Receipt, Refused, TryLater
from tenure.channels.webhooks import signing
from tenure.channels.webhooks.retries import next_try
from tenure.kit.clock import Clock
from tenure.kit.db import Engine, Session, transaction
from tenure.kit.errors import NotFound
from tenure.kit.i18n import Text
from tenure.kit.ids import new_id
from tenure.kit.sealing import Seal
from tenure.outreach.hooks import repository
from tenure.outreach.hooks.repository import Due
from tenure.outreach.hooks.tables import WebhookEndpoint

OVERLAP = timedelta(hours=24)  # how long a secret that was replaced still signs
_TRYING = timedelta(minutes=5)  # nobody else takes up a delivery for this long
SEAL = "webhook secrets"
Opened = Callable[[Sequence[str]], Channel]


def listen(session: Session, seal: Seal, url: str, topics: Sequence[str], now: datetime) -> tuple[str, str]:
    """Add a receiver; returns its id and its secret, which is shown once."""
    secret = signing.new_secret()
    endpoint = WebhookEndpoint(
        id=new_id("whe"),
        url=url,
        topics=list(topics),
        secret=seal.close(secret),
        state="open",
        created_at=now,
        changed_at=now,
    )
    repository.add(session, endpoint)
    return endpoint.id, secret


def change_secret(session: Session, seal: Seal, endpoint_id: str, now: datetime) -> str:
    """Replace a receiver's secret; the old one signs beside the new one for a day. Returns the new one."""
    endpoint, secret = _found(session, endpoint_id), signing.new_secret()
    endpoint.old_secret, endpoint.old_until = endpoint.secret, now + OVERLAP
    endpoint.secret, endpoint.changed_at = seal.close(secret), now
    return secret


def turn(session: Session, endpoint_id: str, *, paused: bool, now: datetime) -> None:
    """Pause a receiver, or let it be told again; what happens meanwhile waits."""
    endpoint = _found(session, endpoint_id)
    endpoint.state, endpoint.changed_at = "paused" if paused else "open", now


def publish(session: Session, topic: str, event_id: str, data: Mapping[str, object], now: datetime) -> int:
    """Tell an event to everybody who wants to hear it, in the transaction that made it happen; returns to how many."""
    told = {"type": topic, "timestamp": now.isoformat(), "data": dict(data)}
    return repository.publish(session, topic, event_id, json.dumps(told, ensure_ascii=False), now)


def replay(
    session: Session, endpoint_id: str, since: datetime, until: datetime, now: datetime, *, dead_only: bool = True
) -> int:
    """Tell a receiver again what it was told in a span, by default only what was given up; returns how many."""
    _found(session, endpoint_id)
    return repository.replay(session, endpoint_id, since, until, None, dead_only, now)


def deliver(
    engine: Engine, opened: Opened, seal: Seal, clock: Clock, chance: Random, most: int = 1_000
) -> dict[str, int]:
    """Tell what is due; returns how many were delivered, wait, and were given up.

    A line that breaks is tried again like any failure: the receiver knows an event by its id.
    """
    done: dict[str, int] = {}
    for _ in range(most):
        with transaction(engine) as session:
            due = repository.take(session, clock.now(), clock.now() + _TRYING)
        if due is None:
            break
        state = _tell(engine, opened, seal, clock, chance, due)
        done[state] = done.get(state, 0) + 1
    return done


def _tell(engine: Engine, opened: Opened, seal: Seal, clock: Clock, chance: Random, due: Due) -> str:
    channel = opened([seal.open(secret) for secret in due.secrets])
    try:
        reply = channel.send(Outgoing(due.event_id, due.url, text=due.body))
    finally:
        channel.close()
    now = clock.now()
    asked = reply.after_seconds if isinstance(reply, TryLater) and reply.code in ("429", "503") else 0.0
    gone = isinstance(reply, Refused) and reply.dead_address and reply.code == "410"
    again = None if gone else next_try(due.first_at, due.tries, now, chance.random(), asked)
    with transaction(engine) as session:
        if isinstance(reply, Receipt):
            repository.write(session, due, "delivered", "", None, now)
            return "delivered"
        answer = f"{reply.code}: {reply.message}" if isinstance(reply, (Refused, TryLater)) else reply.message
        state = "waiting" if again is not None else "dead"
        repository.write(session, due, state, answer, again, now)
        if gone:
            endpoint = _found(session, due.endpoint_id)
            endpoint.state, endpoint.changed_at = "gone", now
    return state


def _found(session: Session, endpoint_id: str) -> WebhookEndpoint:
    endpoint = repository.find(session, endpoint_id)
    if endpoint is None:
        raise NotFound(
            Text("There is no such webhook.", "没有这个 Webhook。"),
            remedy=Text("List webhooks to see their ids.", "请列出 Webhook 以查看编号。"),
        )
    return endpoint
