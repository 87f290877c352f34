"""Write keys over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends

from tenure.directory.access import Principal, require
from tenure.kit.http import ClockDep, SessionDep
from tenure.sources.tracking.keys import repository, schemas, service

router = APIRouter(prefix="/tracking/keys", tags=["tracking"])
Keeper = Annotated[Principal, Depends(require("tracking.manage"))]


@router.get("", dependencies=[Depends(require("tracking.read"))])
def list_write_keys(session: SessionDep) -> schemas.WriteKeys:
    """Return the write keys that were not revoked, newest first."""
    return schemas.WriteKeys(items=[schemas.WriteKey.model_validate(row) for row in repository.keys(session)])


@router.post("", status_code=201)
def make_write_key(
    session: SessionDep, clock: ClockDep, actor: Keeper, body: schemas.WriteKeyWish
) -> schemas.NewWriteKey:
    """Make a write key; its secret is in this answer and nowhere else."""
    key, secret = service.make(session, _wish(body), actor, clock.now())
    return schemas.NewWriteKey(**schemas.WriteKey.model_validate(key).model_dump(), secret=secret)


@router.put("/{key_id}")
def change_write_key(
    session: SessionDep, clock: ClockDep, actor: Keeper, key_id: str, body: schemas.WriteKeyWish
) -> schemas.WriteKey:
    """Change a key's name, its sites, its speed, and whether it is strict; one of browsers never becomes one of servers."""
    return schemas.WriteKey.model_validate(service.change(session, key_id, _wish(body), actor, clock.now()))


@router.delete("/{key_id}", status_code=204)
def revoke_write_key(session: SessionDep, clock: ClockDep, actor: Keeper, key_id: str) -> None:
    """Make a write key useless from now on."""
    service.revoke(session, key_id, actor, clock.now())


def _wish(body: schemas.WriteKeyWish) -> service.Wish:
    return service.Wish(body.name, tuple(body.origins), body.strict, body.per_second, body.kind)
