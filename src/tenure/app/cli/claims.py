"""Commands about addresses that were claimed of known customers and not proven."""

import typer

from tenure.app.cli.terminal import say, show, workspace
from tenure.app.cli.workspaces import AsJson, Name
from tenure.directory.customers.claims import service
from tenure.directory.members import service as members
from tenure.kit.db import transaction
from tenure.kit.i18n import Text

CLAIMS = {
    "id": Text("Id", "编号"),
    "customer_id": Text("Customer", "客户"),
    "kind": Text("What", "类型"),
    "value": Text("Claimed", "上报值"),
    "current": Text("Has", "现有值"),
    "belongs_to": Text("Belongs to", "属于"),
    "source": Text("Source", "来源"),
    "times": Text("How often", "次数"),
}
MOST_CLAIMS = 500

claims = typer.Typer(no_args_is_help=True)


@claims.command("list")
def list_claims(name: Name = None, as_json: AsJson = False) -> None:
    """List addresses that were claimed of known customers and not proven. 列出未经证明的联系方式"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        rows = [dict(row) for row in service.open_claims(session, MOST_CLAIMS)]
    show(rows, CLAIMS, as_json)


@claims.command("accept")
def accept_claim(claim_id: str, name: Name = None) -> None:
    """Let the customer have a claimed address, in place of the one there is. 采用"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        service.accept(session, claim_id, members.operator(session), stores.clock.now())
    say(Text("The customer has the address now.", "已采用该联系方式。"))


@claims.command("ignore")
def ignore_claim(claim_id: str, name: Name = None) -> None:
    """Put a claim away; made again, it is not shown again. 忽略"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        service.ignore(session, claim_id, members.operator(session), stores.clock.now())
    say(Text("It is put away.", "已忽略。"))
