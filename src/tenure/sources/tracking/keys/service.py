"""The verbs of write keys: making, changing and revoking them, and telling whose a secret is.

A write key may only send. One of browsers stands in the pages and apps of a shop for everybody to read, so what protects
a shop is what the key cannot do, the sites it may be used from, and how many events a second it may bring. One of servers
is known to nobody else, and believed; a page that uses it is turned away, so that it is not put there by mistake.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from tenure.directory.audit import repository as audit
from tenure.directory.credentials import secrets
from tenure.directory.credentials.principal import Principal
from tenure.kit.db import Session
from tenure.kit.errors import Conflict, FieldProblem, Invalid, NotFound
from tenure.kit.i18n import Text
from tenure.kit.ids import new_id
from tenure.sources.tracking.keys import repository
from tenure.sources.tracking.keys.tables import WriteKey

KEY_MARK = "wk_"
BROWSER, SERVER = "browser", "server"
LONGEST_KEY = 100  # nothing longer was ever one of ours
PER_SECOND = 1_000
MOST_PER_SECOND = 1_000_000
MOST_ORIGINS = 100
_SHOWN = 8  # characters of a key that are kept readable, to tell keys apart


@dataclass(frozen=True)
class Source:
    """Who sends: the key, the name of the source, and what it may do. No origins named means any site."""

    key_id: str
    name: str
    origins: tuple[str, ...]
    strict: bool
    per_second: int
    identity_number: int = 0
    trusted: bool = False

    def allows(self, origin: str | None) -> bool:
        """Say whether a page of an origin may send; programs send no origin."""
        return origin is None or (not self.trusted and (not self.origins or origin in self.origins))


@dataclass(frozen=True)
class Wish:
    """A key to be made, or how one is to be; ``strict`` refuses events that are not as expected, no kind leaves it as it is."""

    name: str
    origins: tuple[str, ...] = ()
    strict: bool = False
    per_second: int = PER_SECOND
    kind: str | None = None


def source_of(session: Session, write_key: str) -> Source | None:
    """Return the source a write key speaks for, or None when the key is unknown or revoked."""
    if not write_key.startswith(KEY_MARK) or len(write_key) > LONGEST_KEY:
        return None
    found = repository.good_key(session, secrets.token_hash(write_key))
    if found is None:
        return None
    may = (tuple(found.origins), found.strict, found.per_second)
    return Source(found.id, found.name, *may, found.identity_number, trusted=found.kind == SERVER)


def make(session: Session, wish: Wish, actor: Principal, now: datetime) -> tuple[WriteKey, str]:
    """Make a key; returns it with its secret, which is not kept and cannot be shown again."""
    kind = wish.kind or BROWSER
    name, origins = _checked(wish, kind)
    secret = KEY_MARK + secrets.new_token()
    key = WriteKey(
        id=new_id("wkey"),
        name=name,
        kind=kind,
        secret_hash=secrets.token_hash(secret),
        prefix=secret[:_SHOWN],
        origins=origins,
        strict=wish.strict,
        per_second=wish.per_second,
        created_by=actor.member_id,
        created_at=now,
        last_used_at=None,
        revoked_at=None,
    )
    repository.add(session, key)
    audit.record(session, actor, audit.Change("write_keys.create", "write_key", key.id, None, _told(key)), now)
    return key, secret


def change(session: Session, key_id: str, wish: Wish, actor: Principal, now: datetime) -> WriteKey:
    """Change a key's name and what it may do; its secret stays, and so one that pages may have held stays public."""
    key = _known(session, key_id)
    kind = wish.kind or key.kind
    if kind == SERVER != key.kind:
        raise Conflict(
            Text("This key may have stood in a page, so it stays public.", "该密钥可能已出现在网页中，只能保持公开。"),
            remedy=Text("Make a new key for your server.", "请为服务器新建密钥。"),
        )
    name, origins = _checked(wish, kind)
    before = _told(key)
    key.name, key.kind, key.origins, key.strict, key.per_second = name, kind, origins, wish.strict, wish.per_second
    if _told(key) != before:
        audit.record(session, actor, audit.Change("write_keys.change", "write_key", key.id, before, _told(key)), now)
    return key


def revoke(session: Session, key_id: str, actor: Principal, now: datetime) -> None:
    """Make a key useless from now on; what it sent stays."""
    key = _known(session, key_id)
    key.revoked_at = now
    audit.record(session, actor, audit.Change("write_keys.revoke", "write_key", key_id, _told(key), None), now)


def vouch(session: Session, key_id: str, actor: Principal, now: datetime, *, renew: bool) -> int:
    """Begin to vouch for users on pages of a source, or anew; returns the number of its identity secret.

    What was made before is not shown again: only a new one, which ends the old, can be had.
    """
    key = _known(session, key_id)
    if key.kind == SERVER:
        raise Conflict(Text("A key of a server is believed without it.", "服务器密钥本身可信，无需身份密钥。"))
    if key.identity_at is not None and not renew:
        raise Conflict(
            Text("This source has an identity secret; it was shown once.", "该来源已有身份密钥，且仅显示一次。"),
            remedy=Text("Make a new one; the old one ends at once.", "请重新生成；原密钥立即失效。"),
        )
    renewed = key.identity_at is not None
    key.identity_number += renewed
    key.identity_at = now
    session.flush()
    told: dict[str, object] = {"name": key.name, "renewed": renewed}
    audit.record(session, actor, audit.Change("write_keys.identity", "write_key", key_id, None, told), now)
    return key.identity_number


def listed(session: Session) -> list[dict[str, object]]:
    """Return every key as the command line shows them, without secrets."""
    return [
        {
            "id": key.id,
            "prefix": key.prefix,
            "last_used_at": key.last_used_at,
            "identity_at": key.identity_at,
            **_told(key),
        }
        for key in repository.keys(session)
    ]


def _known(session: Session, key_id: str) -> WriteKey:
    key = repository.key(session, key_id)
    if key is None:
        raise NotFound(Text("There is no write key {id}.", "没有编号为 {id} 的写入密钥。").fill(id=key_id[:200]))
    return key


def _checked(wish: Wish, kind: str) -> tuple[str, list[str]]:
    name, problems = wish.name.strip(), []
    if not 1 <= len(name) <= 200:
        problems.append(FieldProblem("/name", Text("Give the source a name.", "请填写来源名称。")))
    origins = [_origin(told) for told in wish.origins]
    problems += [
        FieldProblem(
            f"/origins/{place}",
            Text(
                "Write it like https://shop.example.com, without a path.", "请写成 https://shop.example.com，不含路径。"
            ),
        )
        for place, origin in enumerate(origins)
        if origin is None
    ]
    if len(origins) > MOST_ORIGINS:
        problems.append(FieldProblem("/origins", Text("Name at most 100 sites.", "最多填写 100 个站点。")))
    if origins and kind == SERVER:
        problems.append(FieldProblem("/origins", Text("No site uses a key of a server.", "服务器密钥不用于任何站点。")))
    if not 1 <= wish.per_second <= MOST_PER_SECOND:
        between = Text("Choose a number from 1 to {most}.", "请填写 1 到 {most} 之间的数字。")
        problems.append(FieldProblem("/per_second", between.fill(most=f"{MOST_PER_SECOND:,}")))
    if problems:
        raise Invalid(Text("The write key cannot be like this.", "写入密钥的设置无效。"), fields=tuple(problems))
    return name, sorted({origin for origin in origins if origin is not None})


def _origin(told: str) -> str | None:
    """Return a site as browsers name it in ``Origin``, or None when it is none."""
    try:
        parts = urlsplit(told.strip().rstrip("/"))
        port = parts.port
    except ValueError:
        return None
    plain = not (parts.path or parts.query or parts.fragment or parts.username)
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
        return None
    usual = port is None or port == (443 if parts.scheme == "https" else 80)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname.encode("idna").decode()
    return f"{parts.scheme}://{host}" + ("" if usual else f":{port}")


def _told(key: WriteKey) -> dict[str, object]:
    return {
        "name": key.name,
        "kind": key.kind,
        "origins": key.origins,
        "strict": key.strict,
        "per_second": key.per_second,
    }
