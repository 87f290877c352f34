"""Drafts over HTTP: for an editor that tells mistakes while one writes."""

from datetime import UTC, datetime
from typing import Annotated, cast

from fastapi import APIRouter, Depends

from tenure.directory.access import require
from tenure.kit.http import ClockDep, SessionDep, resource
from tenure.outreach.content.routes import WorldDep
from tenure.outreach.drafting import schemas, service
from tenure.warehouse.lake import Lake

router = APIRouter(tags=["messages"])
LakeDep = Annotated[object, Depends(resource("lake"))]


@router.post("/drafts/check", dependencies=[Depends(require("messages.read"))])
def check_draft(session: SessionDep, body: schemas.MessageDraft) -> schemas.DraftFaults:
    """Return everything wrong with a draft, part by part and at its line; nothing is kept."""
    return schemas.DraftFaults(items=[schemas.DraftFault.of(fault) for fault in service.faults(session, body.words())])


@router.post("/drafts/preview", dependencies=[Depends(require("customers.read"))])
def preview_draft(
    session: SessionDep, clock: ClockDep, lake: LakeDep, world: WorldDep, body: schemas.DraftPreviewRequest
) -> schemas.DraftPreview:
    """Write a draft for a customer, now or at an instant in the past; values that are not known are left out and told."""
    at = body.at.replace(tzinfo=UTC) if isinstance(body.at, datetime) and body.at.tzinfo is None else body.at
    seen = service.preview(session, cast(Lake, lake), body.draft.words(), body.seen(at), clock.now(), world)
    return schemas.DraftPreview.of(seen)


@router.post("/drafts/text-message", dependencies=[Depends(require("messages.read"))])
def weigh_text_message(
    session: SessionDep, world: WorldDep, body: schemas.TextMessageRequest
) -> schemas.TextMessageVerdict:
    """Count the pieces of a text message and say what providers of mainland China would refuse in it."""
    base = world.base if body.short_links else None
    found = service.weigh(session, service.Weighing(body.text, body.kind, body.provider, body.signature, base))
    return schemas.TextMessageVerdict.of(found, body.text)
