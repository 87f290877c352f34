"""Commands about channels: what is configured and works, and what may be said in a text message."""

from typing import Annotated, Literal

import typer

from tenure.app import settings as environment
from tenure.app.channels.check import examine
from tenure.app.cli import coming_back
from tenure.app.cli.terminal import out, print_json, say, show, workspace
from tenure.app.cli.webhooks import webhooks
from tenure.app.cli.workspaces import AsJson, Name
from tenure.channels.sms.linter import Draft, Finding, lint
from tenure.channels.sms.segments import segments
from tenure.directory.members import service as members
from tenure.kit.db import transaction
from tenure.kit.errors import Invalid
from tenure.kit.i18n import Text
from tenure.outreach.accounts import service as accounts
from tenure.outreach.accounts.kinds import KINDS
from tenure.outreach.accounts.schemas import ChannelState
from tenure.outreach.wecom.contacts import name_member

channels = typer.Typer(no_args_is_help=True)
coming_back.add_to(channels)
channels.add_typer(webhooks, name="webhooks", help="Systems that hear what happens here. 事件推送")
HEADINGS = {
    "channel": Text("Channel", "渠道"),
    "kind": Text("Kind", "种类"),
    "on": Text("On", "启用"),
    "facts": Text("Facts", "资料"),
}


@channels.command("list")
def list_channels(name: Name = None, as_json: AsJson = False) -> None:
    """List the accounts of channels, without their secrets. 渠道账户"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        found = [ChannelState.of(row) for row in accounts.every(session)]
    rows = [
        {
            "channel": one.channel,
            "kind": one.kind,
            "on": one.enabled,
            "facts": "  ".join(map("=".join, one.facts.items())),
        }
        for one in found
    ]
    show(rows, HEADINGS, as_json)


@channels.command("enter")
def enter(
    kind: Annotated[str, typer.Argument(help=", ".join(KINDS))],
    fact: Annotated[list[str] | None, typer.Option("--fact", help="name=value; repeat it.")] = None,
    secret_from_env: Annotated[
        list[str] | None, typer.Option("--secret-from-env", help="name=VARIABLE that holds the secret; repeat it.")
    ] = None,
    off: Annotated[bool, typer.Option("--off", help="Keep the account, switched off.")] = False,
    name: Name = None,
) -> None:
    """Enter the account of a channel, or change it; a secret left out stays as it was, while its server does too. 录入渠道账户"""
    given = {
        **_pairs(fact),
        **{field: environment.secret(variable) for field, variable in _pairs(secret_from_env).items()},
    }
    with workspace(name) as stores, transaction(stores.engine) as session:
        actor, now = members.operator(session), stores.clock.now()
        accounts.enter(session, stores.secret, kind, given, actor, now, enabled=not off)
    say(Text(f"{kind} is entered.", f"{kind} 已录入。"))


@channels.command("check")
def check(
    connect: Annotated[bool, typer.Option("--connect", help="Also ask WeCom; nothing is sent.")] = False,
    name: Name = None,
    as_json: AsJson = False,
) -> None:
    """Say of every channel that has an account whether it can be reached. 检查渠道"""
    with workspace(name) as stores:
        with transaction(stores.engine) as session:
            found = accounts.in_use(session, stores.secret)
        findings = examine(found, stores.clock, connect=connect)
    if as_json:
        print_json([{"channel": one.channel, "state": one.state, "fact": vars(one.fact)} for one in findings])
    else:
        for one in findings:
            mark = {"ok": "[green]✓[/]", "warning": "[yellow]![/]", "wrong": "[red]✗[/]"}[one.state]
            out.print(f"{mark} {one.channel}:", end=" ")
            say(one.fact)
            if one.remedy is not None:
                out.print("  →", end=" ")
                say(one.remedy)
    if any(one.state == "wrong" for one in findings):
        raise typer.Exit(1)


@channels.command("colleague")
def colleague(
    userid: Annotated[str, typer.Argument(help="The colleague's id in WeCom.")],
    email: Annotated[str, typer.Argument(help="The member's e-mail address here.")],
    name: Name = None,
) -> None:
    """Say which member a colleague in WeCom is. 企业微信成员对应"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        name_member(session, userid, members.by_email(session, email).id)
    say(Text(f"{userid} is {email}.", f"{userid} 对应 {email}。"))


@channels.command("lint")
def lint_text(
    text: Annotated[str, typer.Argument(help="The text as it would be sent.")],
    kind: Annotated[Literal["code", "notice", "marketing"], typer.Option(help="What it is.")] = "marketing",
    provider: Annotated[
        Literal["alibaba", "tencent", "huawei", "gateway"], typer.Option(help="Over whom.")
    ] = "gateway",
    signature: Annotated[str, typer.Option(help="The signature, where the provider puts it in front.")] = "",
    as_json: AsJson = False,
) -> None:
    """Say what a provider in mainland China would refuse in a text message, and how many pieces it is. 短信检查"""
    found = lint(Draft(text, kind, provider, signature))
    counted = segments(text if provider == "gateway" else f"【{signature}】{text}")
    if as_json:
        rows = [_row(one, text) for one in found]
        print_json({"findings": rows, "encoding": counted.encoding, "pieces": counted.pieces, "left": counted.left})
    else:
        for one in found:
            out.print(f"[red]✗[/] {one.rule}", text[one.start : one.end], end="\n  ")
            say(one.quoted)
            out.print("  →", end=" ")
            say(one.remedy)
        say(
            Text(
                f"{counted.encoding}, pieces: {counted.pieces}, left in the last: {counted.left}",
                f"{counted.encoding}，共 {counted.pieces} 条，末条还可写 {counted.left}。",
            )
        )
    if found:
        raise typer.Exit(1)


def _row(one: Finding, text: str) -> dict[str, object]:
    return {
        "rule": one.rule,
        "start": one.start,
        "end": one.end,
        "text": text[one.start : one.end],
        "quoted": vars(one.quoted),
        "source": one.source,
        "remedy": vars(one.remedy),
        "instead": list(one.instead),
    }


def _pairs(given: list[str] | None) -> dict[str, str]:
    pairs = {}
    for one in given or ():
        field, equals, value = one.partition("=")
        if not equals:
            raise Invalid(Text(f"“{one}” is not name=value.", f"“{one}”不是 名称=值 的形式。"))
        pairs[field] = value
    return pairs
