"""Commands about one customer: why they may leave, why they got a message or did not, what they agreed to."""

from typing import Annotated

import typer

from tenure.app.cli.reading import tell_risk
from tenure.app.cli.terminal import language, print_json, say, show, workspace
from tenure.app.cli.workspaces import AsJson, Name
from tenure.directory.customers.consent import service
from tenure.directory.customers.consent.schemas import ConsentEntry
from tenure.directory.customers.consent.words import Word
from tenure.directory.members import service as members
from tenure.kit.db import transaction
from tenure.kit.errors import Invalid
from tenure.kit.i18n import Text
from tenure.outreach.why.schemas import WhyDecision
from tenure.outreach.why.service import Question, explain

STEPS = {
    "gate": Text("Gate", "关卡"),
    "channel": Text("Channel", "渠道"),
    "verdict": Text("Says", "结论"),
    "words": Text("Why", "原因"),
}
LEDGER = {
    "at": Text("When", "时间"),
    "purpose": Text("List", "类别"),
    "channel": Text("Channel", "渠道"),
    "state": Text("Said", "表示"),
    "basis": Text("Basis", "依据"),
    "source": Text("From", "来源"),
    "address": Text("Address", "地址"),
}
consent = typer.Typer(no_args_is_help=True)


def why(
    customer: Annotated[str, typer.Argument(help="Id of the customer.")],
    message: Annotated[str | None, typer.Argument(help="Id of a message: why they got it or did not.")] = None,
    messages: Annotated[bool, typer.Option("--messages", help="Of every message.")] = False,
    channel: Annotated[str, typer.Option(help="Where the message was never asked for: over which channel.")] = "email",
    purpose: Annotated[str, typer.Option(help="… and for which list.")] = "marketing",
    name: Name = None,
    as_json: AsJson = False,
) -> None:
    """Say why a customer may leave; with a message, why they got it, wait for it or never will. 说明原因"""
    if message is None and not messages:
        tell_risk(customer, name, as_json)
        return
    with workspace(name) as stores, transaction(stores.engine) as session:
        asked = Question(customer, message, channel, purpose)
        told = explain(session, asked, stores.secret, stores.clock.now())
    if as_json:
        print_json(told.model_dump(mode="json"))
        return
    spoken = language()
    for send in told.sends:
        label = send.state_label.zh if spoken == "zh" else send.state_label.en
        say(
            Text(
                f"{send.message} {send.step} over {send.via}: {label}",
                f"{send.message} {send.step}（{send.via}）：{label}",
            ),
            "bold",
        )
        decided = [event.decision for event in send.events if event.decision is not None]
        if decided:
            _steps(decided[-1])
    say(Text("If it were decided now:", "若现在决定："), "bold")
    _steps(told.now)
    if told.next_eligible is None:
        say(Text("There is no next good moment.", "没有下一个合适时刻。"))
    else:
        moment = told.next_eligible.isoformat(timespec="minutes")
        say(Text(f"Next good moment: {moment}", f"下一个合适时刻：{moment}"))


@consent.command("show")
def show_consent(customer: str, name: Name = None, as_json: AsJson = False) -> None:
    """Show every word a customer said, with what proves it. 同意记录"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        entries = [ConsentEntry.of(record) for record in service.history(session, customer)]
    rows = [entry.model_dump(mode="json") for entry in entries]
    show(rows, LEDGER, as_json)


@consent.command("say")
def say_consent(
    customer: str,
    purpose: str,
    channel: str,
    state: Annotated[str, typer.Argument(help="granted or withdrawn")],
    basis: Annotated[str, typer.Option(help="consent, contract, legitimate_interest or legal_obligation")] = "consent",
    proof: Annotated[str | None, typer.Option(help="Where it can be looked up.")] = None,
    name: Name = None,
) -> None:
    """Write down what a customer said. 记录同意"""
    if state not in ("granted", "withdrawn"):
        raise Invalid(
            Text("State is granted or withdrawn.", "状态为 granted 或 withdrawn。"),
            remedy=Text("Run `tenure consent say --help`.", "请运行 `tenure consent say --help`。"),
        )
    with workspace(name) as stores, transaction(stores.engine) as session:
        now = stores.clock.now()
        word = Word(
            customer,
            purpose,
            channel,
            "granted" if state == "granted" else "withdrawn",
            now,
            "command_line",
            service.known_basis(basis),
            proof={"note": proof} if proof else {},
        )
        service.say(session, [word], members.operator(session), now)
    say(Text("Written down.", "已记录。"))


def _steps(decision: WhyDecision) -> None:
    spoken = language()
    rows = [
        {
            "gate": step.gate_label.zh if spoken == "zh" else step.gate_label.en,
            "channel": step.channel,
            "verdict": step.verdict,
            "words": step.words.zh if spoken == "zh" else step.words.en,
        }
        for step in decision.steps
    ]
    show(rows, STEPS, as_json=False)
