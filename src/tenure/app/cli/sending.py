"""Commands of messages: asking for one, and the public proof that none is lost and none goes twice."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from tenure.app import settings as environment
from tenure.app.cli.dispatches import end, follow
from tenure.app.cli.terminal import language, note, print_json, progress, say, show, workspace
from tenure.app.cli.workspaces import AsJson, Name
from tenure.app.delivery import gate_of
from tenure.app.send_proof.proof import Account, prove
from tenure.directory.members import service as members
from tenure.directory.workspace import service as timing
from tenure.kit.db import transaction
from tenure.kit.errors import Invalid
from tenure.kit.i18n import Text
from tenure.outreach.sending.asking import Asking, Recalling
from tenure.outreach.sending.audience import Audience
from tenure.outreach.sending.forecast import Forecast, Outcome
from tenure.outreach.sending.rehearsing import rehearse
from tenure.outreach.sending.service import ask, recall
from tenure.outreach.sending.words import OUTCOMES as OUTCOME_WORDS
from tenure.outreach.sending.words import reason as reason_words

TIMES = ["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S%z"]
FULL, QUICK = (10_000, 100), (1_500, 15)
WORDS = {
    "recipients": Text("Recipients", "收件人"),
    "kills": Text("Workers killed (SIGKILL)", "强制终止的工作进程"),
    "pauses": Text("Pauses and changes of rate", "暂停与变速"),
    "accepted": Text("Accepted, by the ledger", "台账：已接收"),
    "unknown": Text("Unknown, by the ledger (no more than kills)", "台账：状态未知（不多于终止次数）"),
    "unknown_arrived": Text("… of which the server has them", "……其中服务器已收到"),
    "doubled": Text("Doubled, by the server", "服务器：重复"),
    "lost": Text("Lost", "丢失"),
    "invented": Text("Called accepted, not on the server", "记为已接收但服务器没有"),
    "other": Text("In any other state", "其他状态"),
    "seconds": Text("Seconds", "秒"),
}


OUTCOMES = {
    "outcome": Text("What happens", "结果"),
    "reason": Text("Why", "原因"),
    "count": Text("Customers", "客户数"),
    "between": Text("Between (95 %)", "区间（95%）"),
    "until": Text("Until", "等待至"),
    "examples": Text("Some of them", "示例"),
}


def send_proof(
    quick: Annotated[bool, typer.Option("--quick", help="A smaller proof that ends within a minute.")] = False,
    recipients: Annotated[int | None, typer.Option(min=100, help="How many get the message.")] = None,
    kills: Annotated[int | None, typer.Option(min=1, help="How many workers are killed.")] = None,
    seed: Annotated[int, typer.Option(help="Chooses the moments.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Kill workers while they send to a real SMTP server, and account for every recipient. 发送可靠性证明"""
    people, deaths = QUICK if quick else FULL
    note(
        Text(
            "An embedded PostgreSQL, two workers and an SMTP server on this machine; nothing leaves it.",
            "使用本机的内置 PostgreSQL、两个工作进程和一个 SMTP 服务器；不会向外发送。",
        )
    )
    with progress() as bar:
        step = Text("Sending, killing", "发送并随机终止")
        account = prove(
            environment.read(), recipients or people, kills or deaths, seed, lambda fraction: bar(fraction, step)
        )
    _tell(account, as_json)
    if not account.holds:
        raise typer.Exit(1)


def send(
    message: Annotated[str, typer.Argument(help="Id or name of a published message.")],
    to: Annotated[list[str] | None, typer.Option("--to", help="Id of a customer; may be given often.")] = None,
    all_who: Annotated[
        str | None,
        typer.Option(
            "--all-who", help='All customers a filter finds: {"all":[{"field":"tier","op":"in","value":["A"]}]}.'
        ),
    ] = None,
    channel: Annotated[str, typer.Option(help="email, sms, wecom or webhook.")] = "email",
    given: Annotated[
        str, typer.Option(help='What templates find under given, as JSON: {"coupon":{"code":"X"}}.')
    ] = "{}",
    version: Annotated[
        int | None, typer.Option(help="Send this version, whatever is published before it goes.")
    ] = None,
    occasion: Annotated[
        str, typer.Option(help="A customer gets a message once on each occasion; name one to send it again.")
    ] = "",
    due: Annotated[datetime | None, typer.Option(help="Not before this time.", formats=TIMES)] = None,
    stale_after: Annotated[datetime | None, typer.Option(help="Not after this time.", formats=TIMES)] = None,
    priority: Annotated[int, typer.Option(min=0, max=1000, help="A greater one goes first.")] = 0,
    reason: Annotated[
        str, typer.Option(help="Why a message of an order may pass consent, hours and caps; the audit log keeps it.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would become of each.")] = False,
    no_wait: Annotated[bool, typer.Option("--no-wait", help="Ask, and leave the queueing to workers.")] = False,
    name: Name = None,
    as_json: AsJson = False,
) -> None:
    """Ask for a message to customers and follow how they are queued; workers deliver it when the gate lets each through. 发送消息"""
    with workspace(name) as stores:
        now = stores.clock.now()
        with transaction(stores.engine) as session:
            zone, actor = timing.read(session).zone, members.operator(session)
            asking = Asking(
                message, channel, Audience(to or (), all_who).meant(session, actor.member_id), _given(given), version, occasion,
                due_at=_instant(due, zone), stale_after=_instant(stale_after, zone), priority=priority, reason=reason,
            )  # fmt: skip
            if dry_run:
                forecast = rehearse(
                    session, gate_of(stores, environment.read().public_url, rehearsing=True), asking, now
                )
            else:
                dispatch = ask(session, asking, actor, now)
        if not dry_run:
            end(follow(stores, dispatch.id, wait=not no_wait), as_json)
            return
    sampled = forecast.looked_at < forecast.customers
    headings = {name: words for name, words in OUTCOMES.items() if sampled or name != "between"}
    show([_row(one, forecast, as_json) for one in forecast.outcomes], headings, as_json)
    if not as_json and sampled:
        note(_partly(forecast))


def take_back(
    message: Annotated[str, typer.Argument(help="Id or name of the message.")],
    occasion: Annotated[str | None, typer.Option(help="Only what was asked for on this occasion.")] = None,
    channel: Annotated[str | None, typer.Option(help="Only what goes over this channel.")] = None,
    name: Name = None,
    as_json: AsJson = False,
) -> None:
    """Take back what is still queued of a message; what is on its way still arrives. 撤回未发出的消息"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        wanted = Recalling(message, occasion, channel)
        recalled = recall(session, wanted, members.operator(session), stores.clock.now())
    if as_json:
        print_json({"recalled": recalled.sends, "dispatches": recalled.dispatches, "not_reached": recalled.not_reached})
        return
    say(Text(f"{recalled.sends:,} taken back.", f"已撤回 {recalled.sends:,} 条。"))
    if recalled.dispatches:
        rest = recalled.not_reached
        say(Text(f"Queueing is stopped; {rest:,} were not reached.", f"已停止排队；另有 {rest:,} 位尚未排队。"))


def _row(outcome: Outcome, forecast: Forecast, as_json: bool) -> dict[str, object]:
    words, likely = reason_words(outcome.reason, outcome.en, outcome.zh), forecast.estimate(outcome)
    if as_json:
        told = {**asdict(outcome), "words": asdict(words), "examples": ", ".join(outcome.examples)}
        return {**told, "estimate": likely.count, "low": likely.low, "high": likely.high}
    return {
        "outcome": OUTCOME_WORDS[outcome.outcome].say(language()),
        "reason": words.say(language()),
        "count": likely.count,
        "between": f"{likely.low:,}–{likely.high:,}",
        "until": "" if outcome.first_at is None else f"{outcome.first_at:%Y-%m-%d %H:%M} UTC",
        "examples": ", ".join(outcome.examples),
    }


def _partly(forecast: Forecast) -> Text:
    return Text(
        f"An estimate: {forecast.looked_at:,} of {forecast.customers:,} were looked at, chosen by chance.",
        f"估计值：随机查看了 {forecast.customers:,} 位中的 {forecast.looked_at:,} 位。",
    )


def _instant(told: datetime | None, zone: ZoneInfo) -> datetime | None:
    """Read a time on the workspace's clock, unless it names its own."""
    if told is None:
        return None
    return (told if told.tzinfo is not None else told.replace(tzinfo=zone)).astimezone(UTC)


def _given(told: str) -> dict[str, object]:
    try:
        found = json.loads(told)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Invalid(Text("--given is not a JSON object.", "--given 不是 JSON 对象。"))
    return found


def _tell(account: Account, as_json: bool) -> None:
    facts = {name: getattr(account, name) for name in WORDS}
    if as_json:
        print_json({**facts, "seconds": round(account.seconds, 1), "holds": account.holds})
        return
    told = {**facts, "seconds": f"{account.seconds:.1f}"}
    spoken = language()
    rows = [{"what": words.say(spoken), "count": told[name]} for name, words in WORDS.items()]
    show(rows, {"what": Text("", ""), "count": Text("Count", "数量")}, False)
    if account.holds:
        say(Text("Nothing lost, nothing twice.", "没有丢失，没有重复。"), "bold green")
    else:
        say(Text("The proof fails.", "证明失败。"), "bold red")
