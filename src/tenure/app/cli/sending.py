"""Commands of messages: the public proof that none is lost and none goes twice."""

from typing import Annotated

import typer

from tenure.app import settings as environment
from tenure.app.cli.terminal import language, note, print_json, progress, say, show
from tenure.app.cli.workspaces import AsJson
from tenure.app.send_proof.proof import Account, prove
from tenure.kit.i18n import Text

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


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("send-proof")(send_proof)


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
