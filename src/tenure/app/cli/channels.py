"""Commands about channels: what is configured and works, and what may be said in a text message."""

from typing import Annotated, Literal

import typer

from tenure.app import settings as environment
from tenure.app import wiring
from tenure.app.channels.check import examine
from tenure.app.channels.config import read
from tenure.app.cli.terminal import out, print_json, say
from tenure.app.cli.workspaces import AsJson, Name
from tenure.channels.sms.linter import Draft, Finding, lint
from tenure.channels.sms.segments import segments
from tenure.kit.clock import SystemClock
from tenure.kit.i18n import Text

channels = typer.Typer(no_args_is_help=True)


@channels.command("check")
def check(
    connect: Annotated[bool, typer.Option("--connect", help="Also ask WeCom; nothing is sent.")] = False,
    name: Name = None,
    as_json: AsJson = False,
) -> None:
    """List the channels of channels.toml and say what is wrong with them. 检查渠道"""
    configured = read(wiring.workspace_folder(environment.read(), name))
    findings = examine(configured, SystemClock(), connect=connect)
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
