"""The verbs of channel accounts: enter, switch on and off, forget, hand to who opens the channel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tenure.channels.dkim import Dkim
from tenure.channels.outbound import is_private_network
from tenure.channels.push import vapid
from tenure.channels.sms.template import approved
from tenure.channels.webhooks.signing import key_of
from tenure.channels.wecom.account import CallbackKeys
from tenure.channels.wecom.callback import Callbacks
from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.kit.db import Session
from tenure.kit.errors import FieldProblem, Invalid, NotFound
from tenure.kit.i18n import Text
from tenure.outreach.accounts import repository, vault
from tenure.outreach.accounts.kinds import KINDS, Fact
from tenure.outreach.accounts.tables import ChannelAccount

_MOST = 65_536  # ports are below
_TOLD = {
    "host": "password",
    "imap_host": "imap_password",
    "endpoint": "secret",
}  # what the server at an address is told


@dataclass(frozen=True, slots=True)
class Account:
    """An account with its secrets, for who opens the channel; never for the wire."""

    channel: str
    kind: str
    values: Mapping[str, str] = field(repr=False)
    stamp: str


def enter(
    session: Session,
    secret: str,
    kind: str,
    given: Mapping[str, str],
    actor: Principal,
    now: datetime,
    *,
    enabled: bool = True,
) -> None:
    """Enter or change the account of a channel; a secret left out stays as it was while the kind is the same."""
    found = KINDS.get(kind)
    if found is None:
        raise _wrong("/kind", Text(f"“{kind}” is not a kind of channel.", f"没有“{kind}”这种渠道。"))
    known = repository.find(session, found.channel)
    kept = vault.unseal(secret, known.secrets) if known is not None and known.kind == kind else {}
    values = {fact.name: _checked(fact, given, kept) for fact in found.facts}
    if known is not None and known.kind == kind:
        _check_leads(known.facts, values, given, kept)
    if kind == "web_push":
        values["key"] = _push_key(values)
    if values.get("dkim_key"):
        _check_key(values)
    if values.get("returns_secret"):
        _check_returns(values)
    if values.get("callback_token") or values.get("callback_key"):
        _check_callback(values)
    hidden = {fact.name for fact in found.facts if fact.secret}
    row = {
        "channel": found.channel,
        "kind": kind,
        "facts": {name: value for name, value in values.items() if name not in hidden},
        "secrets": vault.seal(secret, {name: values[name] for name in hidden}),
        "enabled": enabled,
        "changed_at": now,
        "changed_by": actor.name,
    }
    repository.put(session, row)
    repository.unmark(session, found.channel)
    told = {"kind": kind, "enabled": enabled, **dict(row["facts"])}  # type: ignore[call-overload]
    audit.record(session, actor, audit.Change("channels.enter", "channel", found.channel, None, told), now)


def forget(session: Session, channel: str, actor: Principal, now: datetime) -> None:
    """Forget the account of a channel; what is queued on it takes another channel it may take, or is taken back in an hour."""
    if not repository.drop(session, channel):
        raise NotFound(Text("This channel has no account.", "该渠道没有账户。"))
    repository.mark_forgotten(session, channel, now)
    audit.record(session, actor, audit.Change("channels.forget", "channel", channel, None, None), now)


def every(session: Session) -> Sequence[ChannelAccount]:
    """Return every account; its secrets stay sealed."""
    return repository.every(session)


def delivered(session: Session) -> frozenset[str]:
    """Return the channels that carry messages to customers now."""
    found = repository.every(session)
    return frozenset(one.channel for one in found if one.enabled and not KINDS[one.kind].inward)


def forgotten(session: Session) -> Mapping[str, datetime]:
    """Return the channels whose account was forgotten and not entered again, and when."""
    return repository.forgotten(session)


def still_forgotten(session: Session, channel: str) -> bool:
    """Say whether a channel's account is forgotten; until the end of this transaction it stays so."""
    return repository.still_forgotten(session, channel)


def in_use(session: Session, secret: str) -> Sequence[Account]:
    """Return the accounts that are switched on, with their secrets."""
    return [_opened(row, secret) for row in repository.every(session) if row.enabled]


def of_channel(session: Session, secret: str, channel: str) -> Account:
    """Return the account of a channel, switched on or off; raises ``NotFound`` where there is none."""
    row = repository.find(session, channel)
    if row is None:
        raise NotFound(
            Text("This channel has no account.", "该渠道没有账户。"), remedy=Text("Enter one first.", "请先填写账户。")
        )
    return _opened(row, secret)


def _opened(row: ChannelAccount, secret: str) -> Account:
    values = {**{name: str(value) for name, value in row.facts.items()}, **vault.unseal(secret, row.secrets)}
    return Account(row.channel, row.kind, values, row.changed_at.isoformat())


def _checked(fact: Fact, given: Mapping[str, str], kept: Mapping[str, str]) -> str:
    value = given.get(fact.name, "").strip() or kept.get(fact.name, "") or fact.default
    if fact.required and not value:
        label = fact.label
        raise _wrong(f"/facts/{fact.name}", Text(f"{label.en} is needed.", f"请填写{label.zh}。"))
    if fact.number and not (value.isdecimal() and 0 < int(value) < _MOST):
        raise _wrong(f"/facts/{fact.name}", Text(f"{fact.label.en} is a number.", f"{fact.label.zh}应为数字。"))
    if fact.network and value and not is_private_network(value):
        raise _wrong(
            f"/facts/{fact.name}",
            Text("This is no private network such as 10.0.0.0/8.", "这不是私有网段（例如 10.0.0.0/8）。"),
        )
    if fact.templates and (wrong := approved(value)[1]) is not None:
        raise _wrong(f"/facts/{fact.name}", wrong)
    if fact.choices and value not in fact.choices:
        options = ", ".join(fact.choices)
        raise _wrong(f"/facts/{fact.name}", Text(f"Choose one of: {options}.", f"可选：{options}。"))
    return value


def _check_leads(
    before: Mapping[str, object], values: Mapping[str, str], given: Mapping[str, str], kept: Mapping[str, str]
) -> None:
    """Refuse to bring a kept secret elsewhere: whoever changes an address would be told it by the server there."""
    for place, name in _TOLD.items():
        moved = place in values and str(before.get(place, "")) != values[place]
        if moved and kept.get(name) and not given.get(name, "").strip():
            raise _wrong(f"/facts/{name}", Text("Enter it again: the address changed.", "地址已更改，请重新填写。"))


def _check_key(values: Mapping[str, str]) -> None:
    if not values.get("dkim_selector"):
        raise _wrong("/facts/dkim_selector", Text("DKIM needs a selector.", "DKIM 需要选择器。"))
    try:
        Dkim.of_pem("example.com", values["dkim_selector"], values["dkim_key"])
    except ValueError as error:
        raise _wrong(
            "/facts/dkim_key",
            Text("This is no RSA or Ed25519 private key in PEM form.", "这不是 PEM 格式的 RSA 或 Ed25519 私钥。"),
        ) from error


def _check_returns(values: Mapping[str, str]) -> None:
    try:
        key_of(values["returns_secret"])
    except ValueError as error:
        message = Text("This is no secret of 24 to 64 bytes in base64.", "这不是 24 至 64 字节的 base64 密钥。")
        raise _wrong("/facts/returns_secret", message) from error


def _check_callback(values: Mapping[str, str]) -> None:
    try:
        Callbacks(CallbackKeys(values["corp_id"], values["callback_token"], values["callback_key"]))
    except ValueError as error:
        message = Text("This is no EncodingAESKey of 43 characters.", "这不是 43 位的 EncodingAESKey。")
        raise _wrong("/facts/callback_key", message) from error


def _push_key(values: Mapping[str, str]) -> str:
    """Return the key of pushes: a new one where none was given, and the same from then on."""
    if not values["contact"].startswith(("mailto:", "https://")):
        message = Text("Write mailto:somebody@example.com.", "请填写 mailto:somebody@example.com。")
        raise _wrong("/facts/contact", message)
    if not values["key"]:
        return vapid.new_key()
    try:
        vapid.key_of(values["key"])
    except ValueError as error:
        message = Text("This is no private key on P-256 in PEM form.", "这不是 PEM 格式的 P-256 私钥。")
        raise _wrong("/facts/key", message) from error
    return values["key"]


def _wrong(path: str, message: Text) -> Invalid:
    return Invalid(message, fields=(FieldProblem(path, message),))
