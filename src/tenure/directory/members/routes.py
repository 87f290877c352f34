"""The first owner, sessions and members over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from tenure.directory.access import (
    Principal,
    SignedIn,
    anyone,
    clear_session_cookies,
    csrf_of,
    require,
    session_token,
    set_session_cookies,
)
from tenure.directory.credentials import repository
from tenure.directory.members import schemas, service
from tenure.directory.members.rules import NewMember
from tenure.directory.roles import OWNER
from tenure.directory.workspace import service as workspace
from tenure.kit.db import transaction
from tenure.kit.http import ClockDep, CursorQuery, EngineDep, LimitQuery, SessionDep
from tenure.kit.pages import decode_cursor, next_cursor

router = APIRouter()
Manager = Annotated[Principal, Depends(require("members.manage"))]


@router.get("/setup", tags=["session"], dependencies=[Depends(anyone)])
def read_setup(session: SessionDep) -> schemas.SetupState:
    """Return whether somebody has to become the first owner."""
    settings = workspace.read(session)
    return schemas.SetupState(
        needs_owner=service.needs_owner(session), demo=schemas.demo_login(settings), workspace_name=settings.name
    )


@router.post("/setup", tags=["session"], status_code=201, dependencies=[Depends(anyone)])
def set_up(
    session: SessionDep, clock: ClockDep, request: Request, response: Response, body: schemas.SetupRequest
) -> schemas.Session:
    """Make the first owner and sign them in; works once."""
    owner = NewMember(body.name, body.email, body.password, OWNER, body.language)
    member = service.set_up(session, owner, clock.now())
    token = service.start_session(session, member.id, clock.now())
    set_session_cookies(request, response, token)
    return schemas.Session.of(member, workspace.read(session), csrf_of(token))


@router.get("/session", tags=["session"])
def read_session(session: SessionDep, request: Request, response: Response, principal: SignedIn) -> schemas.Session:
    """Return who is signed in."""
    token = session_token(request)
    set_session_cookies(request, response, token)
    member = service.find(session, principal.member_id)
    return schemas.Session.of(member, workspace.read(session), csrf_of(token))


@router.post("/session", tags=["session"], dependencies=[Depends(anyone)])
def sign_in(
    engine: EngineDep, clock: ClockDep, request: Request, response: Response, body: schemas.SignIn
) -> schemas.Session:
    """Sign in with e-mail and password."""
    address = "unknown" if request.client is None else request.client.host
    member_id, token = service.sign_in(engine, body.email, body.password, address, clock.now())
    set_session_cookies(request, response, token)
    with transaction(engine) as session:
        return schemas.Session.of(service.find(session, member_id), workspace.read(session), csrf_of(token))


@router.delete("/session", tags=["session"], status_code=204)
def sign_out(session: SessionDep, request: Request, response: Response, _: SignedIn) -> None:
    """Sign out this browser."""
    service.sign_out(session, session_token(request))
    clear_session_cookies(response)


@router.patch("/session", tags=["session"])
def change_session(
    session: SessionDep, clock: ClockDep, request: Request, principal: SignedIn, body: schemas.SessionChange
) -> schemas.Session:
    """Change one's own name, language or password."""
    wanted = service.MemberChange(name=body.name, password=body.password, language=body.language)
    token = session_token(request)
    member = service.change_self(session, principal, wanted, body.current_password, token, clock.now())
    return schemas.Session.of(member, workspace.read(session), csrf_of(token))


@router.get("/roles", tags=["members"], dependencies=[Depends(require("members.read"))])
def list_roles() -> list[schemas.Role]:
    """Return the roles and what each may do."""
    return schemas.all_roles()


@router.get("/members", tags=["members"], dependencies=[Depends(require("members.read"))])
def list_members(session: SessionDep, cursor: CursorQuery = None, limit: LimitQuery = 50) -> schemas.Members:
    """Return the members by name."""
    after = None if cursor is None else decode_cursor(cursor, 2)
    found = repository.members_after(session, None if after is None else (str(after[0]), str(after[1])), limit + 1)
    return schemas.Members(
        items=[schemas.Member.model_validate(row) for row in found[:limit]],
        next_cursor=next_cursor(found, limit, lambda row: [row.name, row.id]),
    )


@router.post("/members", tags=["members"], status_code=201)
def add_member(session: SessionDep, clock: ClockDep, actor: Manager, body: schemas.MemberRequest) -> schemas.Member:
    """Add a member with an initial password."""
    member = NewMember(body.name, body.email, body.password, body.role, body.language)
    return schemas.Member.model_validate(service.add(session, member, actor, clock.now()))


@router.patch("/members/{member_id}", tags=["members"])
def change_member(
    session: SessionDep, clock: ClockDep, actor: Manager, member_id: str, body: schemas.MemberChangeRequest
) -> schemas.Member:
    """Change a member's name, role or password, or take or give back access."""
    wanted = service.MemberChange(name=body.name, role=body.role, active=body.active, password=body.password)
    return schemas.Member.model_validate(service.change(session, member_id, wanted, actor, clock.now()))


@router.delete("/members/{member_id}", tags=["members"], status_code=204)
def deactivate_member(session: SessionDep, clock: ClockDep, actor: Manager, member_id: str) -> None:
    """Take a member's access away; what they did stays in the audit log."""
    service.change(session, member_id, service.MemberChange(active=False), actor, clock.now())
