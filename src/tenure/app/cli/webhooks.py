"""Commands of webhooks: who hears what, what became of it, and telling again."""

from datetime import datetime, timedelta
from typing import Annotated

import typer

from tenure.app.cli.terminal import out, say, show, workspace
from tenure.app.cli.workspaces import AsJson, Name
from tenure.app.webhooks import round_of
from tenure.app.wiring import Stores
from tenure.directory.members import service as members
from tenure.kit.db import transaction
from tenure.kit.i18n import Text
from tenure.kit.sealing import Seal
from tenure.outreach.hooks import service
from tenure.outreach.hooks.service import Receiver
from tenure.outreach.hooks.topics import TOPICS

webhooks = typer.Typer(no_args_is_help=True)
Id = Annotated[str, typer.Argument(help="Id of the webhook, whe_….")]
Topics = Annotated[list[str] | None, typer.Option("--topic", help="What to tell; repeat it. None: everything.")]
Network = Annotated[str, typer.Option("--network", help="A private network it may stand in, such as 10.0.0.0/8.")]
HEADINGS = {
    "id": Text("Id", "编号"),
    "url": Text("Address", "地址"),
    "state": Text("State", "状态"),
    "topics": Text("Hears", "事件类型"),
    "waiting": Text("Waiting", "等待"),
    "delivered": Text("Delivered", "已送达"),
    "dead": Text("Given up", "已放弃"),
}
TOLD = {
    "id": Text("Id", "编号"),
    "event_id": Text("Event", "事件"),
    "topic": Text("Topic", "类型"),
    "state": Text("State", "状态"),
    "tries": Text("Tries", "尝试"),
    "first_at": Text("First", "首次"),
    "answer": Text("Last answer", "最近答复"),
}


@webhooks.command("list")
def list_webhooks(name: Name = None, as_json: AsJson = False) -> None:
    """List webhooks and how much each was told. 列出 Webhook"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        rows = [
            {**found, "topics": ", ".join(found["topics"]) or "*"}  # type: ignore[arg-type]
            for found in service.listed(session)
        ]
    show(rows, HEADINGS, as_json)


@webhooks.command("topics")
def list_topics(as_json: AsJson = False) -> None:
    """List what a webhook may hear of. 列出事件类型"""
    rows = [{"name": name, "en": label.en, "zh": label.zh} for name, label in TOPICS.items()]
    show(rows, {"name": Text("Topic", "类型"), "en": Text("English", "英文"), "zh": Text("Chinese", "中文")}, as_json)


@webhooks.command("add")
def add(
    url: Annotated[str, typer.Argument(help="Where to post.")],
    topic: Topics = None,
    network: Network = "",
    name: Name = None,
) -> None:
    """Let a system hear what happens from now on; its secret is shown this once. 新增 Webhook"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        wanted = Receiver(url, tuple(topic or ()), network)
        made, secret = service.listen(session, _seal(stores), wanted, members.operator(session), stores.clock.now())
    say(Text(f"{made} listens. Its secret, shown this once:", f"{made} 已开始接收。密钥仅显示这一次："))
    out.print(secret, highlight=False, soft_wrap=True)


@webhooks.command("rotate")
def rotate(webhook: Id, name: Name = None) -> None:
    """Make a new secret; for a day messages are signed with the old one too. 更换密钥"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        actor, now = members.operator(session), stores.clock.now()
        secret = service.change_secret(session, _seal(stores), webhook, actor, now)
    out.print(secret, highlight=False, soft_wrap=True)


@webhooks.command("pause")
def pause(webhook: Id, name: Name = None) -> None:
    """Tell a webhook nothing for now; what happens meanwhile waits. 暂停"""
    _turn(webhook, name, paused=True)


@webhooks.command("resume")
def resume(webhook: Id, name: Name = None) -> None:
    """Tell a webhook again what happens, and what happened meanwhile. 恢复"""
    _turn(webhook, name, paused=False)


@webhooks.command("remove")
def remove(webhook: Id, name: Name = None) -> None:
    """Forget a webhook and everything it was told. 删除"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        service.forget(session, webhook, members.operator(session), stores.clock.now())
    say(Text(f"{webhook} is forgotten.", f"{webhook} 已删除。"))


@webhooks.command("test")
def try_it(webhook: Id, name: Name = None) -> None:
    """Send a test event now and say what the receiver answered. 发送测试事件"""
    with workspace(name) as stores:
        with transaction(stores.engine) as session:
            made = service.ping(session, webhook, stores.clock.now()).id
        round_of(stores)
        with transaction(stores.engine) as session:
            told = service.delivered(session, made)
            good, answer = told.state == "delivered", told.answer
    if not good:
        say(Text(f"Not delivered: {answer or 'waiting'}", f"未送达：{answer or '等待中'}"))
        raise typer.Exit(1)
    say(Text("Delivered.", "已送达。"))


@webhooks.command("deliveries")
def deliveries(
    webhook: Id,
    state: Annotated[str | None, typer.Option(help="waiting, delivered or dead.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    name: Name = None,
    as_json: AsJson = False,
) -> None:
    """List what a webhook was told, newest first. 推送记录"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        rows = service.told(session, webhook, state, limit)
    show(rows, TOLD, as_json)


@webhooks.command("replay")
def replay(
    webhook: Id,
    days: Annotated[float, typer.Option(min=0.01, max=90, help="How far back.")] = 7,
    everything: Annotated[bool, typer.Option("--everything", help="Also what was delivered.")] = False,
    topic: Annotated[str | None, typer.Option(help="Only this topic.")] = None,
    name: Name = None,
) -> None:
    """Tell again what was given up, under the same ids. 重新推送"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        now: datetime = stores.clock.now()
        span = service.Span(now - timedelta(days=days), now + timedelta(seconds=1), topic, dead_only=not everything)
        again = service.replay(session, webhook, span, members.operator(session), now)
    say(Text(f"Told again: {again}", f"重新推送：{again} 条"))


def _turn(webhook: str, name: str | None, *, paused: bool) -> None:
    with workspace(name) as stores, transaction(stores.engine) as session:
        service.turn(session, webhook, members.operator(session), stores.clock.now(), paused=paused)
    words = (
        (f"{webhook} is paused.", f"{webhook} 已暂停。") if paused else (f"{webhook} listens.", f"{webhook} 已恢复。")
    )
    say(Text(*words))


def _seal(stores: Stores) -> Seal:
    return Seal.derived(stores.secret, service.SEAL)
