"""Webhooks over HTTP: receivers, what they were told, and telling again."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from tenure.directory.access import Principal, require
from tenure.kit.db import Session
from tenure.kit.http import ClockDep, CursorQuery, LimitQuery, SessionDep, Text, resource
from tenure.kit.pages import moment_cursor, next_cursor
from tenure.kit.sealing import Seal
from tenure.outreach.hooks import schemas, service
from tenure.outreach.hooks.repository import deliveries as repository
from tenure.outreach.hooks.repository.deliveries import Wanted
from tenure.outreach.hooks.service import Receiver, Span
from tenure.outreach.hooks.tables import WebhookEndpoint
from tenure.outreach.hooks.topics import TOPICS

router = APIRouter(prefix="/webhooks", tags=["webhooks"])
Reader = Depends(require("settings.read"))
Keeper = Annotated[Principal, Depends(require("settings.write"))]


def seal_of(secret: Annotated[str, Depends(resource("secret"))]) -> Seal:
    """Return the seal of webhook secrets."""
    return Seal.derived(secret, service.SEAL)


SealDep = Annotated[Seal, Depends(seal_of)]


@router.get("", dependencies=[Reader])
def list_webhooks(session: SessionDep) -> schemas.Webhooks:
    """Return every receiver, and everything there is to hear of."""
    counts = repository.counts(session)
    return schemas.Webhooks(
        items=[schemas.Webhook.of(row, counts.get(row.id, {})) for row in repository.endpoints(session)],
        topics=[schemas.WebhookTopic(name=name, label=Text.of(label)) for name, label in TOPICS.items()],
    )


@router.post("", status_code=201)
def make_webhook(
    session: SessionDep, clock: ClockDep, seal: SealDep, body: schemas.WebhookRequest, actor: Keeper
) -> schemas.WebhookSecret:
    """Let a receiver listen from now on; its secret is in this answer and nowhere else."""
    endpoint_id, secret = service.listen(session, seal, _receiver(body), actor, clock.now())
    if body.paused:
        service.turn(session, endpoint_id, actor, clock.now(), paused=True)
    return schemas.WebhookSecret(id=endpoint_id, secret=secret)


@router.put("/{webhook_id}")
def change_webhook(
    session: SessionDep, clock: ClockDep, webhook_id: str, body: schemas.WebhookRequest, actor: Keeper
) -> schemas.Webhook:
    """Change where a receiver is and what it hears, pause it, or let it be told again."""
    row = service.change(session, webhook_id, _receiver(body), actor, clock.now())
    if row.state != ("paused" if body.paused else "open"):
        row = service.turn(session, webhook_id, actor, clock.now(), paused=body.paused)
    return _shown(session, row)


@router.delete("/{webhook_id}", status_code=204)
def forget_webhook(session: SessionDep, clock: ClockDep, webhook_id: str, actor: Keeper) -> None:
    """Forget a receiver and everything it was told."""
    service.forget(session, webhook_id, actor, clock.now())


@router.post("/{webhook_id}/secret", status_code=201)
def rotate_webhook_secret(
    session: SessionDep, clock: ClockDep, seal: SealDep, webhook_id: str, actor: Keeper
) -> schemas.WebhookSecret:
    """Make a new secret; for a day messages are signed with the old one too."""
    secret = service.change_secret(session, seal, webhook_id, actor, clock.now())
    return schemas.WebhookSecret(id=webhook_id, secret=secret)


@router.post("/{webhook_id}/test", status_code=202)
def try_webhook(session: SessionDep, clock: ClockDep, webhook_id: str, actor: Keeper) -> schemas.WebhookDelivery:
    """Send a receiver a test event; the delivery tells what became of it."""
    del actor
    return schemas.WebhookDelivery.model_validate(service.ping(session, webhook_id, clock.now()))


@router.get("/{webhook_id}/deliveries", dependencies=[Reader])
def list_webhook_deliveries(
    session: SessionDep,
    webhook_id: str,
    state: Annotated[str | None, Query(max_length=20, description="`waiting`, `delivered` or `dead`.")] = None,
    topic: Annotated[str | None, Query(max_length=60)] = None,
    cursor: CursorQuery = None,
    limit: LimitQuery = 50,
) -> schemas.WebhookDeliveries:
    """Return what a receiver was told, newest first."""
    wanted = Wanted(service.found(session, webhook_id).id, state, topic)
    after = moment_cursor(cursor)
    rows = repository.deliveries(session, wanted, limit + 1, after)
    return schemas.WebhookDeliveries(
        items=[schemas.WebhookDelivery.model_validate(row) for row in rows[:limit]],
        next_cursor=next_cursor(rows, limit, lambda row: [row.first_at.isoformat(), row.id]),
    )


@router.post("/{webhook_id}/replay")
def replay_webhook(
    session: SessionDep, clock: ClockDep, webhook_id: str, body: schemas.WebhookReplay, actor: Keeper
) -> schemas.WebhookReplayed:
    """Tell a receiver again what it was told in a span, under the same ids."""
    span = Span(body.since, body.until, body.topic, body.dead_only)
    again = service.replay(session, webhook_id, span, actor, clock.now())
    return schemas.WebhookReplayed(again=again)


@router.get("/deliveries/{delivery_id}")
def read_webhook_delivery(session: SessionDep, delivery_id: str, actor: Keeper) -> schemas.WebhookTold:
    """Return one delivery with the body as it is sent."""
    del actor
    return schemas.WebhookTold.model_validate(service.delivered(session, delivery_id))


@router.post("/deliveries/{delivery_id}/replay")
def replay_webhook_delivery(
    session: SessionDep, clock: ClockDep, delivery_id: str, actor: Keeper
) -> schemas.WebhookDelivery:
    """Tell one event again, under the same id."""
    return schemas.WebhookDelivery.model_validate(service.replay_one(session, delivery_id, actor, clock.now()))


def _receiver(body: schemas.WebhookRequest) -> Receiver:
    return Receiver(body.url.strip(), tuple(dict.fromkeys(body.topics)), body.network.strip())


def _shown(session: Session, row: WebhookEndpoint) -> schemas.Webhook:
    return schemas.Webhook.of(row, repository.counts(session).get(row.id, {}))
