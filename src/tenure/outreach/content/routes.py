"""Messages over HTTP."""

from datetime import UTC, datetime
from typing import Annotated, cast

from fastapi import APIRouter, Depends

from tenure.channels.outbound import Answer, Outbound
from tenure.directory.access import Principal, require
from tenure.kit.http import ClockDep, SessionDep, resource
from tenure.outreach.content import kept, repository, schemas, service
from tenure.outreach.content.kept import BrandWords
from tenure.outreach.content.leaving import World
from tenure.warehouse.lake import Lake

router = APIRouter(tags=["messages"])
READ = [Depends(require("messages.read"))]
Manager = Annotated[Principal, Depends(require("messages.manage"))]
LakeDep = Annotated[object, Depends(resource("lake"))]


def world_of(
    site: Annotated[object, Depends(resource("public_url"))], secret: Annotated[str, Depends(resource("secret"))]
) -> World:
    """Return where the world reaches us, and what we sign with."""
    return World(None if site is None else str(site), secret)


WorldDep = Annotated[World, Depends(world_of)]


@router.get("/messages", dependencies=READ)
def list_messages(session: SessionDep, archived: bool = False) -> schemas.Messages:
    """Return messages, the last changed first."""
    rows = repository.messages(session, archived=archived)
    return schemas.Messages(items=[schemas.Message.of(row) for row in rows])


@router.post("/messages", status_code=201)
def make_message(session: SessionDep, clock: ClockDep, actor: Manager, body: schemas.MessageRequest) -> schemas.Message:
    """Begin a message; nothing goes out before it is published."""
    return schemas.Message.of(service.make(session, _wanted(body), actor, clock.now()))


@router.get("/messages/variables", dependencies=READ)
def list_message_variables() -> schemas.MessageVariables:
    """Return every variable templates may use."""
    return schemas.MessageVariables.all()


@router.get("/messages/{message_id}", dependencies=READ)
def read_message(session: SessionDep, message_id: str) -> schemas.Message:
    """Return one message by its id or name."""
    return schemas.Message.of(service.find(session, message_id))


@router.put("/messages/{message_id}")
def change_message(
    session: SessionDep, clock: ClockDep, actor: Manager, message_id: str, body: schemas.MessageRequest
) -> schemas.Message:
    """Change a draft; what is published stays what it was."""
    return schemas.Message.of(service.change(session, message_id, _wanted(body), actor, clock.now()))


@router.delete("/messages/{message_id}", status_code=204)
def archive_message(session: SessionDep, clock: ClockDep, actor: Manager, message_id: str) -> None:
    """Put a message away; what it said stays."""
    service.archive(session, message_id, actor, clock.now())


@router.post("/messages/{message_id}/publish")
def publish_message(session: SessionDep, clock: ClockDep, actor: Manager, message_id: str) -> schemas.MessageVersion:
    """Make the draft the version that goes out; refused when anything in it is wrong."""
    return schemas.MessageVersion.of(service.publish(session, message_id, actor, clock.now()))


@router.get("/messages/{message_id}/versions", dependencies=READ)
def list_message_versions(session: SessionDep, message_id: str) -> schemas.MessageVersions:
    """Return every version that was published, the newest first."""
    rows = repository.versions(session, service.find(session, message_id).id)
    return schemas.MessageVersions(items=[schemas.MessageVersion.of(row) for row in rows])


@router.post("/messages/{message_id}/preview", dependencies=[Depends(require("customers.read"))])
def preview_message(
    session: SessionDep,
    clock: ClockDep,
    lake: LakeDep,
    world: WorldDep,
    message_id: str,
    body: schemas.MessagePreviewRequest,
) -> schemas.MessagePreview:
    """Return the draft as a customer would get it, now or at an instant in the past."""
    at = _aware(body.at)
    seen = service.Seen(body.customer_id, body.channel, at, body.given, body.language)
    return schemas.MessagePreview.of(*service.preview(session, cast(Lake, lake), message_id, seen, clock.now(), world))


@router.post("/messages/{message_id}/proof", dependencies=[Depends(require("messages.read"))])
def prove_message(
    session: SessionDep,
    clock: ClockDep,
    lake: LakeDep,
    world: WorldDep,
    message_id: str,
    body: schemas.MessageProofRequest,
) -> schemas.MessageProof:
    """Write the draft for real customers and count what would go wrong; nothing is sent."""
    asked = service.Proving(body.customer_ids, body.sample, body.seed, body.given)
    alive = _answers if body.check_links else None
    found = service.proof(session, cast(Lake, lake), message_id, asked, clock.now(), world, alive)
    return schemas.MessageProof.of(found)


@router.get("/content-blocks", dependencies=READ)
def list_content_blocks(session: SessionDep) -> schemas.ContentBlocks:
    """Return every block messages may render."""
    own = kept.blocks(session)
    items = [
        schemas.NamedContentBlock.model_validate(
            {"name": name, "own": name in own, "languages": kept.plain({name: each})[name]}
        )
        for name, each in service.all_blocks(session).items()
    ]
    return schemas.ContentBlocks(items=items)


@router.put("/content-blocks/{name}")
def write_content_block(
    session: SessionDep, clock: ClockDep, actor: Manager, name: str, body: schemas.ContentBlockRequest
) -> schemas.NamedContentBlock:
    """Keep a block under a name; published versions keep the copy they used."""
    row = service.put_block(session, name, body.words(), actor, clock.now())
    return schemas.NamedContentBlock.model_validate({"name": name, "own": True, "languages": row.content})


@router.delete("/content-blocks/{name}", status_code=204)
def remove_content_block(session: SessionDep, clock: ClockDep, actor: Manager, name: str) -> None:
    """Forget a block of the workspace."""
    service.remove_block(session, name, actor, clock.now())


@router.get("/brand", dependencies=READ)
def read_brand(session: SessionDep) -> schemas.Brand:
    """Return who messages come from and how they look."""
    return schemas.Brand.model_validate(kept.brand(session))


@router.put("/brand")
def change_brand(session: SessionDep, clock: ClockDep, actor: Manager, body: schemas.Brand) -> schemas.Brand:
    """Say who messages come from and how they look."""
    changed = service.change_brand(session, BrandWords(**body.model_dump()), actor, clock.now())
    return schemas.Brand.model_validate(changed)


def _wanted(body: schemas.MessageRequest) -> service.Wanted:
    words = body.words()
    return service.Wanted(
        body.name, body.purpose, body.category, body.tags, body.transactional, words,
        tracked=body.tracked, short_links=body.short_links,
    )  # fmt: skip


def _aware(at: datetime | None) -> datetime | None:
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at


def _answers(link: str) -> bool:
    """Ask an address whether it answers; a page that sends elsewhere lives."""
    outbound = Outbound()
    try:
        answer = outbound.get(link)
    finally:
        outbound.close()
    return isinstance(answer, Answer) and answer.status < 400
