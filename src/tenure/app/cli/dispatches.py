"""Following what was asked for to an audience: how far its queueing is, and how it ended."""

import time
from datetime import timedelta
from typing import Annotated

import typer

from tenure.app.cli.terminal import Report, language, note, print_json, progress, say, show, workspace
from tenure.app.cli.workspaces import AsJson, Name
from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.kit.i18n import Text
from tenure.kit.jobs import defer
from tenure.outreach.sending import queueing
from tenure.outreach.sending.repository import Shown
from tenure.outreach.sending.service import QUEUE, find, listed
from tenure.outreach.sending.words import STATES

LOOK = 0.3  # seconds between looks at what a worker does
A_LITTLE = timedelta(seconds=0.5)  # of work between two movements of the bar
INTERRUPTED = 130  # what shells say of Ctrl-C
SHOWN = 20
HEADINGS = {
    "id": Text("Dispatch", "发送任务"),
    "message": Text("Message", "消息"),
    "channel": Text("Channel", "渠道"),
    "state": Text("State", "状态"),
    "customers": Text("Customers", "客户数"),
    "handled": Text("Handled", "已处理"),
    "queued": Text("Queued", "已排队"),
    "at": Text("Asked", "登记时间"),
}


def dispatches(
    dispatch: Annotated[str | None, typer.Argument(help="Id of one to follow until all are queued.")] = None,
    name: Name = None,
    as_json: AsJson = False,
) -> None:
    """Show what was asked for to audiences, the newest first; or follow one. 查看发送任务"""
    with workspace(name) as stores:
        if dispatch is not None:
            end(follow(stores, dispatch), as_json)
            return
        with transaction(stores.engine) as session:
            rows = listed(session, None, None, SHOWN)
    show([told(one) if as_json else _row(one) for one in rows], HEADINGS, as_json)


def follow(stores: Stores, dispatch: str, *, wait: bool = True) -> Shown:
    """Show how far a dispatch is until it is over; where no worker does its work, do it here. Ctrl-C leaves it going on."""
    if not wait:
        return _look(stores, dispatch)
    try:
        with progress() as bar:
            return _watched(stores, dispatch, bar)
    except KeyboardInterrupt:
        with transaction(stores.engine) as session:
            defer(session, QUEUE, {"dispatch_id": dispatch})
        note(
            Text(
                "It goes on in the background, wherever a worker runs (tenure serve, tenure worker). "
                f"Look again: tenure dispatches {dispatch}",
                f"将由工作进程（tenure serve 或 tenure worker）在后台继续。再次查看：tenure dispatches {dispatch}",
            )
        )
        raise typer.Exit(INTERRUPTED) from None


def _watched(stores: Stores, dispatch: str, bar: Report) -> Shown:
    """Move the bar until the dispatch is over, working on it wherever nobody else does."""
    while not (shown := _look(stores, dispatch)).over:
        bar(shown.handled / max(1, shown.customers or 0), _step(shown))
        if not queueing.carry_on(stores.engine, dispatch, stores.clock, patience=A_LITTLE):
            time.sleep(LOOK if not _look(stores, dispatch).over else 0)
    bar(1.0, STATES[shown.state])
    return shown


def end(shown: Shown, as_json: bool) -> None:
    """Say how a dispatch stands; one that failed ends the command with an error."""
    if as_json:
        print_json(told(shown))
    else:
        say(_words(shown))
    if shown.state == "failed":
        raise typer.Exit(1)


def told(shown: Shown) -> dict[str, object]:
    """Return a dispatch as JSON tells it; ``asked`` are those it was not asked for before."""
    return {
        "id": shown.id, "state": shown.state, "message": shown.message, "channel": shown.channel,
        "occasion": shown.occasion, "customers": shown.customers, "handled": shown.handled, "asked": shown.queued,
    }  # fmt: skip


def _row(shown: Shown) -> dict[str, object]:
    return {
        "id": shown.id, "message": shown.message_name or shown.message, "channel": shown.channel,
        "state": STATES[shown.state].say(language()), "customers": shown.customers, "handled": shown.handled,
        "queued": shown.queued, "at": shown.created_at,
    }  # fmt: skip


def _look(stores: Stores, dispatch: str) -> Shown:
    with transaction(stores.engine) as session:
        return find(session, dispatch)


def _step(shown: Shown) -> Text:
    if shown.customers is None:
        return STATES["asked"]
    done, all_of_them = f"{shown.handled:,}", f"{shown.customers:,}"
    return Text(f"Queued {done} of {all_of_them}", f"已排队 {done} / {all_of_them}")


def _words(shown: Shown) -> Text:
    asked, before = shown.queued, shown.handled - shown.queued
    if shown.state == "done":
        return Text(
            f"Asked for {asked:,}; {before:,} had been asked for before.",
            f"已登记 {asked:,} 条；此前已登记 {before:,} 条。",
        )
    if shown.state == "failed" and shown.error is not None:
        message = shown.error["message"]
        why = Text(**message) if isinstance(message, dict) else Text("", "")
        return Text("It failed after {asked}: {why}", "已登记 {asked} 条后失败：{why}").fill(
            asked=f"{asked:,}", why=why
        )
    if shown.state == "cancelled":
        return Text(f"It was taken back after {shown.handled:,}.", f"处理 {shown.handled:,} 位后已撤回。")
    return Text(
        f"Written down. Workers queue it; look again: tenure dispatches {shown.id}",
        f"已登记，由工作进程排队；再次查看：tenure dispatches {shown.id}",
    )
