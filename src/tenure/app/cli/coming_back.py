"""Commands of what comes back: bounces, the health of channels, and whom we leave alone to see what messages are worth."""

import threading
from pathlib import Path
from typing import Annotated

import typer

from tenure.app import wiring
from tenure.app.channels.mail_files import mails_of_file, mails_of_folder
from tenure.app.cli.terminal import language, print_json, say, show, workspace
from tenure.app.cli.workspaces import AsJson, Name
from tenure.directory.members import service as members
from tenure.kit.db import transaction
from tenure.kit.errors import Invalid
from tenure.kit.i18n import Text
from tenure.outreach.accounts import service as accounts
from tenure.outreach.accounts.kinds import KINDS
from tenure.outreach.care import service as care
from tenure.outreach.care.schemas import ChannelHealth, Rate
from tenure.outreach.holdouts import service as hold_outs
from tenure.outreach.returns.service import Keys, take_all, take_mail
from tenure.outreach.returns.words import EFFECTS

holdouts = typer.Typer(no_args_is_help=True)
HEALTH = {
    "channel": Text("Channel", "渠道"),
    "state": Text("State", "状态"),
    "sent": Text("Sent", "已发出"),
    "bounces": Text("Hard bounces", "硬退信"),
    "complaints": Text("Complaints", "投诉"),
    "unknown": Text("Unknown", "未知"),
    "today": Text("Today, of", "今日/上限"),
    "why": Text("Why", "原因"),
    "holds": Text("What waits", "暂停范围"),
}
VERSIONS = {
    "name": Text("Name", "名称"),
    "version": Text("Version", "版本"),
    "percent": Text("Percent", "比例"),
    "message": Text("Message", "消息"),
    "begins_at": Text("Begins", "开始"),
    "ends_at": Text("Ends", "结束"),
    "by": Text("By", "操作人"),
}


def add_to(channels: typer.Typer) -> None:
    """Add the commands of channels."""
    channels.command("bounces")(take_bounces)
    channels.command("listen")(listen_for_bounces)
    channels.command("health")(show_health)
    channels.command("resume")(resume)


def take_bounces(
    file: Annotated[Path | None, typer.Argument(help="One mail (.eml), or many in an mbox.", dir_okay=False)] = None,
    maildir: Annotated[Path | None, typer.Option("--maildir", help="A Maildir of bounces.", file_okay=False)] = None,
    name: Name = None,
    as_json: AsJson = False,
) -> None:
    """Take bounces and complaints from a file or a Maildir; taken twice they count once. 处理退信与投诉"""
    if (file is None) == (maildir is None):
        raise Invalid(Text("Name either a file or --maildir.", "请指定文件或 --maildir 之一。"))
    with workspace(name) as stores:
        mails = mails_of_folder(maildir) if maildir is not None else mails_of_file(file or Path())
        done = take_all(stores.engine, Keys.derived(stores.secret), mails, "file", stores.clock.now)
    spoken = language()
    rows: list[dict[str, object]] = [
        {"effect": one if as_json else EFFECTS[one].say(spoken), "count": number} for one, number in done.most_common()
    ]
    show(rows, {"effect": Text("What was done", "处理结果"), "count": Text("Reports", "数量")}, as_json)


def listen_for_bounces(
    host: Annotated[str, typer.Option(help="The address of this machine to listen at.")] = "0.0.0.0",
    port: Annotated[int, typer.Option(min=1, max=65535, help="25 is where mail servers knock.")] = 25,
    name: Name = None,
) -> None:
    """Take bounces over SMTP at the return address until stopped. 通过 SMTP 接收退信"""
    with workspace(name) as stores:
        with transaction(stores.engine) as session:
            account = accounts.of_channel(session, stores.secret, "email")
        keys = Keys.derived(stores.secret)

        def take(raw: bytes) -> object:
            return take_mail(stores.engine, keys, raw, "smtp", stores.clock.now())

        with wiring.bounce_door(account, stores.secret, take, host, port):
            say(Text(f"Listening for bounces at {host}:{port}.", f"正在 {host}:{port} 接收退信。"))
            threading.Event().wait()


def show_health(name: Name = None, as_json: AsJson = False) -> None:
    """Show what came back of what each channel sent, whether it is stopped, and what waits. 渠道健康"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        now = stores.clock.now()
        known = [one.channel for one in accounts.every(session) if not KINDS[one.kind].inward]
        found = [care.health(session, channel, now) for channel in known]
    if as_json:
        print_json([one.model_dump(mode="json") for one in found])
    else:
        show([_row(one) for one in found], HEALTH, False)


def resume(
    channel: Annotated[str, typer.Argument(help="email, sms or wecom.")],
    warm_up_again: Annotated[bool, typer.Option("--warm-up-again", help="Begin the warm-up anew.")] = False,
    name: Name = None,
) -> None:
    """Let a channel go on that was stopped for what came back. 恢复已停发的渠道"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        care.resume(session, channel, members.operator(session), stores.clock.now(), warm_up_again=warm_up_again)
    say(Text(f"{channel} goes on.", f"{channel} 已恢复发送。"))


@holdouts.command("list")
def list_hold_outs(name: Name = None, as_json: AsJson = False) -> None:
    """List every version of every hold-out. 对照组列表"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        rows: list[dict[str, object]] = [
            {one: getattr(row, one) for one in VERSIONS} for row in hold_outs.history(session)
        ]
    show(rows, VERSIONS, as_json)


@holdouts.command("put")
def put_hold_out(
    hold_out: Annotated[str, typer.Argument(help="A name, such as global.")],
    percent: Annotated[float, typer.Option(min=0.1, max=50, help="Share of customers.")],
    message: Annotated[str | None, typer.Option(help="Id or name of the one message; without it, all.")] = None,
    redraw: Annotated[bool, typer.Option("--redraw", help="Draw other customers.")] = False,
    name: Name = None,
) -> None:
    """Put a hold-out into force, or change its share. 启用或调整对照组"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        wanted = hold_outs.Wanted(hold_out, percent, message, redraw)
        row = hold_outs.put(session, wanted, members.operator(session), stores.clock.now())
        version = row.version
    say(Text(f"{hold_out} v{version} is in force.", f"{hold_out} 第 {version} 版已生效。"))


@holdouts.command("end")
def end_hold_out(hold_out: Annotated[str, typer.Argument(help="Its name.")], name: Name = None) -> None:
    """End a hold-out; its history stays. 结束对照组"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        hold_outs.end(session, hold_out, members.operator(session), stores.clock.now())
    say(Text(f"{hold_out} has ended.", f"{hold_out} 已结束。"))


def _row(health: ChannelHealth) -> dict[str, object]:
    spoken, stage = language(), health.warm_up
    return {
        "channel": health.channel,
        "state": getattr(health.state_label, spoken),
        "sent": health.sent,
        "bounces": _rate(health.hard_bounces),
        "complaints": _rate(health.complaints),
        "unknown": health.unknown,
        "today": "" if stage is None or stage.over else f"{stage.sent_today}/{stage.limit_today}",
        "holds": "" if health.holds == "nothing" else getattr(health.holds_label, spoken),
        "why": "" if health.why is None else getattr(health.why, spoken),
    }


def _rate(rate: Rate) -> str:
    if rate.share is None:
        return "–"
    return f"{rate.count} ({rate.share:.2%}, {rate.low:.2%}…{rate.high:.2%})"
