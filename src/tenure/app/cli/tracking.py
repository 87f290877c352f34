"""Commands about events: send one, watch them arrive, see what differs from what was expected, keep write keys."""

import json
import time
from datetime import UTC
from typing import Annotated

import typer

from tenure.app.cli.claims import claims
from tenure.app.cli.terminal import language, note, out, print_json, say, show, workspace
from tenure.app.cli.workspaces import AsJson, Name
from tenure.directory.members import service as members
from tenure.kit.db import transaction
from tenure.kit.errors import Invalid
from tenure.kit.i18n import Text
from tenure.kit.ids import new_id
from tenure.sources.tracking.committing import Committer
from tenure.sources.tracking.keys import service as write_keys
from tenure.sources.tracking.keys.service import Source
from tenure.sources.tracking.keys.vouching import identity_secret
from tenure.sources.tracking.parcels import parcel_of
from tenure.sources.tracking.registry import service as registry
from tenure.sources.tracking.words import REFUSALS

HERE = Source("cli", "command line", (), False, 1_000_000, trusted=True)
KEYS = {
    "id": Text("Id", "编号"),
    "name": Text("Source", "来源"),
    "kind": Text("For", "用于"),
    "prefix": Text("Begins with", "开头"),
    "origins": Text("Sites", "站点"),
    "strict": Text("Strict", "严格"),
    "last_used_at": Text("Last used", "最近使用"),
    "identity_at": Text("Vouches since", "身份密钥"),
}
VIOLATIONS = {
    "event": Text("Event", "事件"),
    "property": Text("Property", "属性"),
    "reason": Text("What is wrong", "问题"),
    "count": Text("How often", "次数"),
    "source": Text("Source", "来源"),
    "last_at": Text("Last", "最近"),
}


class EventByDefault(typer.core.TyperGroup):
    """A group whose first word, where it is no command, is the name of an event."""

    def resolve_command(self, ctx, args):  # type: ignore[no-untyped-def]
        """Return the command of the first word."""
        known = not args or args[0] in self.commands
        return super().resolve_command(ctx, args if known else ["event", *args])


track = typer.Typer(cls=EventByDefault, no_args_is_help=True)
keys = typer.Typer(no_args_is_help=True)
track.add_typer(keys, name="keys", help="Write keys: what applications send events with. 写入密钥")
track.add_typer(claims, name="claims", help="Addresses claimed of known customers and not proven. 未经证明的联系方式")


@track.command("event")
def send_event(
    event: Annotated[str, typer.Argument(help="Name of the event, such as “Order Completed”.")],
    properties: Annotated[list[str] | None, typer.Argument(help="Properties as name=value.")] = None,
    user: Annotated[str | None, typer.Option(help="Id of the customer.")] = None,
    visitor: Annotated[str | None, typer.Option(help="Id of a visitor who is not known yet.")] = None,
    at: Annotated[str | None, typer.Option(help="When it happened, as ISO 8601; now when left out.")] = None,
    name: Name = None,
) -> None:
    """Send one event; the word “event” may be left out: tenure track Login --user ann. 上报事件"""
    call: dict[str, object] = {"event": event, "messageId": new_id("cli"), "properties": _read(properties or [])}
    told = {"userId": user, "anonymousId": visitor, "timestamp": at}
    call |= {key: value for key, value in told.items() if value is not None}
    with workspace(name) as stores:
        received = stores.clock.now().astimezone(UTC).replace(tzinfo=None)
        parcel = parcel_of(call, "track", HERE, received, {})
        for refused in parcel.refused:
            raise Invalid(REFUSALS[str(refused["code"])])
        Committer(stores.engine, stores.clock).write([parcel])
    say(Text(f"{event} is taken.", f"已接收 {event}。"))


@track.command("tail")
def tail(
    last: Annotated[int, typer.Option(help="How many to show first.")] = 10,
    follow: Annotated[bool, typer.Option("--follow/--no-follow", help="Go on until interrupted.")] = True,
    name: Name = None,
    as_json: AsJson = False,
) -> None:
    """Watch events arrive. 实时查看事件"""
    shown: set[object] = set()
    with workspace(name) as stores:
        while True:
            with transaction(stores.engine) as session:
                found = registry.newest(session, 500 if shown else last)
            for told in reversed([one for one in found if one["id"] not in shown]):
                out.print(
                    json.dumps(told, ensure_ascii=False) if as_json else _line(told), markup=False, soft_wrap=True
                )
                shown.add(told["id"])
            if not follow:
                return
            time.sleep(1)


@track.command("violations")
def violations(name: Name = None, as_json: AsJson = False) -> None:
    """Show how events differed from what was expected, and which were refused. 查看违规"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        rows = [one.model_dump() for one in registry.violations(session, 500)]
    if as_json:
        print_json(rows)
        return
    show([{**row, "reason": row["reason"][language()]} for row in rows], VIOLATIONS, False)


@keys.command("add")
def add_key(
    source: Annotated[str, typer.Argument(help="Name of the application that will send.")],
    site: Annotated[list[str] | None, typer.Option(help="A site it may be used from; repeat for several.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Refuse events that are not as expected.")] = False,
    per_second: Annotated[int, typer.Option(help="Events it may send in a second.")] = write_keys.PER_SECOND,
    server: Annotated[
        bool, typer.Option("--server", help="For your server alone: what it says of addresses is believed.")
    ] = False,
    name: Name = None,
) -> None:
    """Make a write key; it is shown this once. 新建写入密钥"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        kind = write_keys.SERVER if server else write_keys.BROWSER
        wish = write_keys.Wish(source, tuple(site or ()), strict, per_second, kind)
        _, secret = write_keys.make(session, wish, members.operator(session), stores.clock.now())
    out.print(secret, markup=False)


@keys.command("list")
def list_keys(name: Name = None, as_json: AsJson = False) -> None:
    """List write keys. 列出写入密钥"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        rows = write_keys.listed(session)
    joined = [row | {"origins": ", ".join(str(one) for one in _listed(row["origins"])) or None} for row in rows]
    show(rows if as_json else joined, KEYS, as_json)


@keys.command("identity")
def make_identity(
    key_id: Annotated[str, typer.Argument(help="Id of the write key, as tenure track keys list shows it.")],
    renew: Annotated[bool, typer.Option("--renew", help="Make another; the old one ends at once.")] = False,
    name: Name = None,
) -> None:
    """Make the secret your server vouches for signed-in customers with; it is shown this once. 身份密钥"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        number = write_keys.vouch(session, key_id, members.operator(session), stores.clock.now(), renew=renew)
        secret = identity_secret(stores.secret, key_id, number)
    out.print(secret, markup=False)
    note(
        Text(
            "Keep it on your server. There: hmac.new(secret, user_id, sha256) in hex, as hash beside the user's id.",
            "请仅保存在服务器上，并在服务器端计算 hmac.new(secret, user_id, sha256) 的十六进制值，随用户编号一并作为 hash 给出。",
        )
    )


@keys.command("revoke")
def revoke_key(key_id: str, name: Name = None) -> None:
    """Make a write key useless at once. 撤销写入密钥"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        write_keys.revoke(session, key_id, members.operator(session), stores.clock.now())
    say(Text(f"{key_id} is revoked.", f"{key_id} 已撤销。"))


def _read(properties: list[str]) -> dict[str, object]:
    read: dict[str, object] = {}
    for told in properties:
        name, given, value = told.partition("=")
        if not given:
            raise Invalid(Text(f"Write properties as name=value, not {told}.", f"属性请写成 名称=值，而不是 {told}。"))
        try:
            read[name] = json.loads(value)
        except ValueError:
            read[name] = value
    return read


def _line(told: dict[str, object]) -> str:
    who = told["user_id"] or told["anonymous_id"]
    what = told["name"] or told["kind"]
    wrong = "  ! " + ", ".join(str(code) for code in _listed(told["problems"])) if told["problems"] else ""
    properties = json.dumps(told["properties"], ensure_ascii=False)
    return f"{str(told['at'])[:19]}  {told['kind']:<8}  {what}  ({who})  {told['source']}  {properties}{wrong}"


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
