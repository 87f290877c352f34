"""The audit log over HTTP."""

from fastapi import APIRouter, Depends

from tenure.directory.access import require
from tenure.directory.audit import repository, schemas
from tenure.kit.http import CursorQuery, LimitQuery, SessionDep
from tenure.kit.pages import decode_cursor, next_cursor

router = APIRouter(prefix="/audit", tags=["audit"])


@router.get("", dependencies=[Depends(require("audit.read"))])
def read_audit_log(session: SessionDep, cursor: CursorQuery = None, limit: LimitQuery = 50) -> schemas.Entries:
    """Return what was done, newest first."""
    after = None if cursor is None else str(decode_cursor(cursor, 1)[0])
    found = repository.entries_after(session, after, limit + 1)
    return schemas.Entries(
        items=[schemas.Entry.model_validate(row) for row in found[:limit]],
        next_cursor=next_cursor(found, limit, lambda row: [row.id]),
    )
