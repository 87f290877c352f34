"""Members and sessions on the wire."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from tenure.directory.credentials.tables import Member as MemberRow
from tenure.directory.roles import ROLES, permissions_of
from tenure.directory.workspace.rules import WorkspaceSettings
from tenure.kit.http import Text

LanguageName = Literal["en", "zh"]


class DemoLogin(BaseModel):
    """The log-in of a demo workspace."""

    email: str
    password: str


class SetupState(BaseModel):
    """Whether somebody has to become the first owner."""

    needs_owner: bool
    demo: DemoLogin | None
    workspace_name: str


class SetupRequest(BaseModel):
    """The first owner."""

    name: str
    email: str
    password: str
    language: LanguageName


class SignIn(BaseModel):
    """A log-in."""

    email: str
    password: str


class SessionChange(BaseModel):
    """What a member changes about themselves; what is left out stays."""

    language: LanguageName | None = None
    name: str | None = None
    password: str | None = None
    current_password: str | None = None


class SessionMember(BaseModel):
    """Who is signed in."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    email: str
    role: str
    language: LanguageName


class SessionWorkspace(BaseModel):
    """The workspace somebody is signed in to."""

    name: str
    currency: str
    time_zone: str
    demo: bool


class Session(BaseModel):
    """Who is signed in, what they may do, and the token unsafe requests must carry."""

    member: SessionMember
    permissions: list[str]
    workspace: SessionWorkspace
    csrf_token: str

    @classmethod
    def of(cls, member: MemberRow, settings: WorkspaceSettings, csrf_token: str) -> "Session":
        """Put a session on the wire."""
        return cls(
            member=SessionMember.model_validate(member),
            permissions=sorted(permissions_of(member.role)),
            workspace=SessionWorkspace(
                name=settings.name,
                currency=settings.currency,
                time_zone=settings.time_zone,
                demo=settings.demo is not None,
            ),
            csrf_token=csrf_token,
        )


class Member(BaseModel):
    """Somebody who logs in."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    email: str
    role: str
    language: LanguageName
    active: bool
    created_at: datetime
    last_seen_at: datetime | None


class Members(BaseModel):
    """A page of members, by name."""

    items: list[Member]
    next_cursor: str | None


class MemberRequest(BaseModel):
    """A member to be added; the initial password is handed over in person."""

    name: str
    email: str
    password: str
    role: str
    language: LanguageName = "en"


class MemberChangeRequest(BaseModel):
    """What is to change about a member; what is left out stays."""

    name: str | None = None
    role: str | None = None
    active: bool | None = None
    password: str | None = None


class Role(BaseModel):
    """What a kind of member may do."""

    name: str
    label: Text
    meaning: Text
    permissions: list[str]


def all_roles() -> list[Role]:
    """Return every role, the mightiest first."""
    return [
        Role(
            name=role.name,
            label=Text.of(role.label),
            meaning=Text.of(role.meaning),
            permissions=sorted(role.permissions),
        )
        for role in ROLES.values()
    ]


def demo_login(settings: WorkspaceSettings) -> DemoLogin | None:
    """Return the log-in of a demo workspace, when this is one."""
    demo = settings.demo
    return None if demo is None else DemoLogin(email=demo.email, password=demo.password)
