"""Commands about members and keys, for whoever has the machine: they act in the name of the owner, and are audited."""

from datetime import timedelta
from typing import Annotated

import typer

from tenure.app.cli.terminal import language, out, say, show, workspace
from tenure.app.cli.workspaces import AsJson, Name
from tenure.app.wiring import Stores
from tenure.directory.keys import service as key_service
from tenure.directory.members import service as member_service
from tenure.directory.members.rules import NewMember
from tenure.directory.roles import OWNER, ROLES
from tenure.kit.db import transaction
from tenure.kit.i18n import Text

members = typer.Typer(no_args_is_help=True)
keys = typer.Typer(no_args_is_help=True)
MEMBER_HEADINGS = {
    "id": Text("Id", "编号"),
    "name": Text("Name", "姓名"),
    "email": Text("E-mail", "邮箱"),
    "role": Text("Role", "角色"),
    "active": Text("Active", "启用"),
}
KEY_HEADINGS = {
    "id": Text("Id", "编号"),
    "name": Text("Name", "名称"),
    "prefix": Text("Begins with", "开头"),
    "scopes": Text("May", "权限"),
    "expires_at": Text("Expires", "有效期至"),
    "revoked_at": Text("Revoked", "撤销时间"),
}
Password = Annotated[
    str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="Initial password.")
]


@members.command("add")
def add_member(
    email: str,
    full_name: Annotated[str, typer.Option("--name", help="Name shown in Tenure.")],
    password: Password,
    role: Annotated[str, typer.Option(help=", ".join(ROLES))] = OWNER,
    name: Name = None,
) -> None:
    """Add a member; the first one becomes the owner. 添加成员"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        wanted = NewMember(name=full_name, email=email, password=password, role=role, language=language())
        if member_service.needs_owner(session):
            made = member_service.set_up(session, wanted, stores.clock.now())
        else:
            made = member_service.add(session, wanted, member_service.operator(session), stores.clock.now())
        say(Text(f"Added {made.email} as {made.role}.", f"已添加 {made.email}，角色 {made.role}。"))


@members.command("list")
def list_members(name: Name = None, as_json: AsJson = False) -> None:
    """List who may log in. 列出成员"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        rows = member_service.listed(session)
    show(rows, MEMBER_HEADINGS, as_json)


@members.command("password")
def set_password(email: str, password: Password, name: Name = None) -> None:
    """Give a member a new password, and end the member's sessions. 重设密码"""
    with workspace(name) as stores:
        _change(stores, email, member_service.MemberChange(password=password))
    say(Text(f"{email} has a new password.", f"已为 {email} 重设密码。"))


@members.command("deactivate")
def deactivate(email: str, name: Name = None) -> None:
    """Keep a member from logging in. 停用成员"""
    with workspace(name) as stores:
        _change(stores, email, member_service.MemberChange(active=False))
    say(Text(f"{email} can no longer log in.", f"{email} 已停用。"))


@keys.command("make")
def make_key(
    label: Annotated[str, typer.Argument(help="What the key is for.")],
    scope: Annotated[list[str], typer.Option(help="A permission, such as metrics.read; repeat for several.")],
    days: Annotated[int | None, typer.Option(help="Days until it expires.")] = None,
    name: Name = None,
) -> None:
    """Make an API key; its secret is shown this once. 新建密钥"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        now = stores.clock.now()
        expires = None if days is None else now + timedelta(days=days)
        wanted = key_service.NewKey(label, tuple(scope), expires)
        _, secret = key_service.make(session, wanted, member_service.operator(session), now)
    out.print(secret, markup=False)


@keys.command("list")
def list_keys(name: Name = None, as_json: AsJson = False) -> None:
    """List API keys, without their secrets. 列出密钥"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        rows = key_service.listed(session)
    show(rows if as_json else [row | {"scopes": _joined(row["scopes"])} for row in rows], KEY_HEADINGS, as_json)


@keys.command("revoke")
def revoke_key(key_id: str, name: Name = None) -> None:
    """Make an API key useless at once. 撤销密钥"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        key_service.revoke(session, key_id, member_service.operator(session), stores.clock.now())
    say(Text(f"{key_id} is revoked.", f"{key_id} 已撤销。"))


def _change(stores: Stores, email: str, wanted: member_service.MemberChange) -> None:
    with transaction(stores.engine) as session:
        member = member_service.by_email(session, email)
        member_service.change(session, member.id, wanted, member_service.operator(session), stores.clock.now())


def _joined(scopes: object) -> str:
    return ", ".join(scopes) if isinstance(scopes, list) else str(scopes)
