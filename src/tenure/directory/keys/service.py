"""Making and revoking API keys."""

from dataclasses import dataclass
from datetime import datetime

from tenure.directory.audit import repository as audit
from tenure.directory.credentials import repository, secrets
from tenure.directory.credentials.principal import Principal
from tenure.directory.credentials.tables import ApiKey
from tenure.directory.roles import PERMISSIONS
from tenure.kit.db import Session
from tenure.kit.errors import FieldProblem, Forbidden, Invalid, NotFound
from tenure.kit.i18n import Text
from tenure.kit.ids import new_id

_SHOWN = 8  # characters of a key that are kept readable, to tell keys apart


@dataclass(frozen=True)
class NewKey:
    """A key to be made; ``expires_at`` None means until revoked."""

    name: str
    scopes: tuple[str, ...]
    expires_at: datetime | None


def make(session: Session, wanted: NewKey, actor: Principal, now: datetime) -> tuple[ApiKey, str]:
    """Make a key; returns it with its secret, which is not kept and cannot be shown again."""
    _check(wanted, actor, now)
    secret = secrets.new_key()
    key = ApiKey(
        id=new_id("key"),
        name=wanted.name.strip(),
        secret_hash=secrets.token_hash(secret),
        prefix=secret[:_SHOWN],
        scopes=sorted(set(wanted.scopes)),
        created_by=actor.member_id,
        created_at=now,
        expires_at=wanted.expires_at,
    )
    repository.add(session, key)
    audit.record(session, actor, audit.Change("keys.create", "key", key.id, None, _told(key)), now)
    return key, secret


def revoke(session: Session, key_id: str, actor: Principal, now: datetime) -> None:
    """Make a key useless from now on."""
    key = repository.key(session, key_id)
    if key is None:
        raise NotFound(Text(f"There is no key {key_id}.", f"没有编号为 {key_id} 的密钥。"))
    repository.revoke(session, key_id, now)
    audit.record(session, actor, audit.Change("keys.revoke", "key", key_id, _told(key), None), now)


def _check(wanted: NewKey, actor: Principal, now: datetime) -> None:
    problems = []
    if not wanted.name.strip() or len(wanted.name) > 200:
        problems.append(FieldProblem("/name", Text("Give the key a name.", "请填写密钥名称。")))
    unknown = sorted(set(wanted.scopes) - set(PERMISSIONS))
    if unknown or not wanted.scopes:
        problems.append(
            FieldProblem("/scopes", Text("Choose at least one known permission.", "请至少选择一项有效权限。"))
        )
    if wanted.expires_at is not None and (wanted.expires_at.tzinfo is None or wanted.expires_at <= now):
        problems.append(
            FieldProblem("/expires_at", Text("Choose a future time with its zone.", "请选择将来的时间（含时区）。"))
        )
    if problems:
        raise Invalid(Text("The key cannot be made like this.", "无法按此创建密钥。"), fields=tuple(problems))
    if not set(wanted.scopes) <= actor.permissions:
        raise Forbidden(Text("A key cannot do more than its maker.", "密钥权限不能超出创建者的权限。"))


def _told(key: ApiKey) -> dict[str, object]:
    return {"name": key.name, "prefix": key.prefix, "scopes": key.scopes, "expires_at": key.expires_at}


def listed(session: Session) -> list[dict[str, object]]:
    """Return every key as the command line shows them, without secrets."""
    return [
        {"id": key.id, "prefix": key.prefix, "revoked_at": key.revoked_at, **_told(key)}
        for key in repository.keys_after(session, None, 10_000)
    ]
