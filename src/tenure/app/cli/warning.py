"""Commands about alerts: who is in danger and whose task that is, and how it ended."""

from typing import Annotated

import typer

from tenure.app.cli.terminal import note, print_json, say, show, workspace
from tenure.app.cli.workspaces import AsJson, Name
from tenure.directory.members import service as members
from tenure.kit.db import transaction
from tenure.kit.i18n import Text
from tenure.risk.cases import schemas
from tenure.risk.cases.rules import BY_PEOPLE
from tenure.risk.cases.service import act
from tenure.risk.cases.service import show as cases
from tenure.risk.cases.wanted import Wanted

alerts = typer.Typer(no_args_is_help=False, invoke_without_command=True)
HEADINGS = {
    "id": Text("Alert", "预警"),
    "customer": Text("Customer", "客户"),
    "tier": Text("Tier", "等级"),
    "expected_loss": Text("At stake", "预计损失"),
    "owner": Text("Owner", "负责人"),
    "due_at": Text("Due", "到期"),
    "why": Text("Why", "原因"),
}


@alerts.callback()
def list_alerts(
    context: typer.Context,
    mine: Annotated[
        bool, typer.Option("--mine", help="Only those of the workspace's owner, for whom commands act.")
    ] = False,
    owner: Annotated[str | None, typer.Option(help="E-mail of a member, or none.")] = None,
    state: Annotated[str, typer.Option(help="open, snoozed, resolved or unresolved.")] = "unresolved",
    limit: Annotated[int, typer.Option(min=1, max=200)] = 20,
    name: Name = None,
    as_json: AsJson = False,
) -> None:
    """Say who is in danger, most to lose first, whose task that is and until when. 预警"""
    if context.invoked_subcommand is not None:
        return
    with workspace(name) as stores, transaction(stores.engine) as session:
        now = stores.clock.now()
        whose = owner if owner in (None, "none") else members.by_email(session, owner).id
        whose = members.operator(session).member_id if mine else whose
        found = cases.page(session, Wanted(whose, state), None, limit)
        shown = [schemas.Alert.of(one, now) for one in found.cases]
        counts = schemas.AlertCounts.of(cases.counts(session, now))
    if as_json:
        print_json({"alerts": [one.model_dump(mode="json") for one in shown], "counts": counts.model_dump()})
        return
    show([_row(one) for one in shown], HEADINGS, as_json=False)
    total = sum(counts.state.get(kind, 0) for kind in ("open", "snoozed"))
    note(Text(f"{len(shown)} shown, {total:,} not resolved, {counts.overdue:,} past their due time.",
              f"显示 {len(shown)} 条，未结案 {total:,} 条，其中 {counts.overdue:,} 条已逾期。"))  # fmt: skip


@alerts.command("resolve")
def resolve(
    alert_id: str,
    outcome: Annotated[str, typer.Argument(help=", ".join(BY_PEOPLE))],
    text: Annotated[str | None, typer.Option("--note", help="What is worth knowing.")] = None,
    name: Name = None,
) -> None:
    """Record how an alert ended. 结案"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        act.resolve(session, alert_id, outcome, text, members.operator(session), stores.clock.now())
    say(Text(f"{alert_id} is resolved: {outcome}.", f"{alert_id} 已结案：{outcome}。"))


def _row(alert: schemas.Alert) -> dict[str, object]:
    first = alert.signals[0].text if alert.signals else None
    return {
        "id": alert.id,
        "customer": alert.customer.name or alert.customer.id,
        "tier": alert.customer.tier,
        "expected_loss": alert.expected_loss,
        "owner": None if alert.owner is None else alert.owner.name,
        "due_at": alert.due_at,
        "why": None if first is None else Text(first.en, first.zh),
    }
