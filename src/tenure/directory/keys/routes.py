"""API keys over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends

from tenure.directory.access import Principal, require
from tenure.directory.credentials import repository
from tenure.directory.keys import schemas, service
from tenure.kit.http import ClockDep, CursorQuery, LimitQuery, SessionDep
from tenure.kit.pages import decode_cursor, next_cursor

router = APIRouter(prefix="/keys", tags=["keys"])
KeyMaker = Annotated[Principal, Depends(require("keys.manage"))]


@router.get("", dependencies=[Depends(require("keys.manage"))])
def list_keys(session: SessionDep, cursor: CursorQuery = None, limit: LimitQuery = 50) -> schemas.Keys:
    """Return the keys that were not revoked, newest first."""
    after = None if cursor is None else str(decode_cursor(cursor, 1)[0])
    found = repository.keys_after(session, after, limit + 1)
    return schemas.Keys(
        items=[schemas.Key.model_validate(row) for row in found[:limit]],
        next_cursor=next_cursor(found, limit, lambda row: [row.id]),
    )


@router.post("", status_code=201)
def make_key(session: SessionDep, clock: ClockDep, actor: KeyMaker, body: schemas.KeyRequest) -> schemas.NewKey:
    """Make a key; its secret is in this answer and nowhere else."""
    wanted = service.NewKey(body.name, tuple(body.scopes), body.expires_at)
    key, secret = service.make(session, wanted, actor, clock.now())
    return schemas.NewKey(**schemas.Key.model_validate(key).model_dump(), secret=secret)


@router.delete("/{key_id}", status_code=204)
def revoke_key(session: SessionDep, clock: ClockDep, actor: KeyMaker, key_id: str) -> None:
    """Make a key useless from now on."""
    service.revoke(session, key_id, actor, clock.now())
