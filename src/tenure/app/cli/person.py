"""Commands about one person whole: everything known of them handed out, or gone with a receipt."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.prompt import Prompt

from tenure.app.cli.terminal import err, language, print_json, progress, say, show, workspace
from tenure.app.cli.workspaces import AsJson, Name
from tenure.app.person import asking, receipt_page
from tenure.app.person import erase as erasing
from tenure.app.person import export as exporting
from tenure.app.person import receipt as receipts
from tenure.app.person.finding import ids_of_receipt, people_of
from tenure.app.wiring import Stores
from tenure.directory.members import service as members
from tenure.kit.db import transaction
from tenure.kit.errors import Invalid, NotFound
from tenure.kit.i18n import Text

person = typer.Typer(no_args_is_help=True)
LINES = {
    "store": Text("Where", "位置"),
    "label": Text("What", "内容"),
    "rows": Text("Rows", "行数"),
    "fate": Text("Becomes", "处理方式"),
}
Out = Annotated[Path | None, typer.Option("--out", "-o", help="The file to write.")]


@person.command("export")
def export(customer: str, out: Out = None, name: Name = None) -> None:
    """Write everything known of a person into one zip: JSON, and a page in both languages. 导出个人全部数据"""
    with workspace(name) as stores:
        with transaction(stores.engine) as session:
            actor = members.operator(session)
        packed = exporting.export(stores, customer, actor)
    target = out or Path("person.zip")
    target.write_bytes(packed)
    say(
        Text(f"Written to {target} ({len(packed) / 1e3:,.0f} kB).", f"已写入 {target}（{len(packed) / 1e3:,.0f} kB）。")
    )


@person.command("erase")
def erase(
    customers: Annotated[list[str], typer.Argument(help="Ids of customers; @FILE reads one id a line.")],
    orders: Annotated[
        bool, typer.Option("--keep-orders-anonymous/--delete-orders", help="Orders stay as sales without a customer.")
    ] = True,
    proof: Annotated[
        bool, typer.Option("--keep-proof/--no-proof", help="Words of consent stay as keyed hashes for three years.")
    ] = True,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would go, and stop.")] = False,
    confirm: Annotated[
        str | None, typer.Option(help="The person's name (for several: how many), instead of being asked.")
    ] = None,
    out: Out = None,
    name: Name = None,
    as_json: AsJson = False,
) -> None:
    """Erase people everywhere: tables, every file of the lake, imports. A signed receipt is written. 删除个人全部数据"""
    ids = [one for given in customers for one in _ids(given)]
    choices = erasing.Choices(orders, proof)
    with workspace(name) as stores:
        people = people_of(stores, ids, orders=not orders)
        lines = asking.preview(stores, people, choices)
        if dry_run:
            _show(lines, as_json)
            return
        if not as_json:
            _show(lines, as_json=False)
        _confirmed(asking.confirm_with(people), confirm)
        asking.check_confirmed(stores, ids, confirm or asking.confirm_with(people))
        signed = _carried_out(stores, ids, choices)
    target = out or Path(f"receipt-{signed['erasure']}.json")
    target.write_text(json.dumps(signed, ensure_ascii=False, indent=2), encoding="utf-8")
    target.with_suffix(".html").write_text(receipt_page.write(signed), encoding="utf-8")
    if as_json:
        print_json(signed)
    else:
        say(Text(f"Erased. Receipt: {target}", f"已删除。回执：{target}"), "bold")


@person.command("receipt")
def receipt(
    file: Annotated[Path, typer.Argument(help="A receipt, as JSON.", exists=True, dir_okay=False)],
    customer: Annotated[str | None, typer.Option(help="Say whether it is about this id.")] = None,
    name: Name = None,
    as_json: AsJson = False,
) -> None:
    """Verify a receipt: that it is unchanged, that this workspace signed it, and whom it is about. 验证删除回执"""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Invalid(Text(f"{file} is no receipt.", f"{file} 不是回执。")) from error
    with workspace(name) as stores:
        verdict: dict[str, object] = {
            "unchanged": receipts.verify(told),
            "ours": receipts.verify(told, stores.secret),
            "about": None if customer is None else asking.is_about(stores, told, customer),
        }
    if as_json:
        print_json(verdict)
    else:
        for fact, good, bad in (
            (
                "unchanged",
                Text("It is as it was signed.", "内容与签名一致。"),
                Text("It was changed.", "内容已被更改。"),
            ),
            (
                "ours",
                Text("This workspace signed it.", "由本工作区签发。"),
                Text("Another signed it.", "并非本工作区签发。"),
            ),
            (
                "about",
                Text("It is about this person.", "与此人相符。"),
                Text("It is not about this person.", "与此人不符。"),
            ),
        ):
            if verdict[fact] is not None:
                say(good if verdict[fact] else bad, "green" if verdict[fact] else "red")
    if not verdict["unchanged"] or not verdict["ours"] or verdict["about"] is False:
        raise typer.Exit(1)


@person.command("again")
def again(
    file: Annotated[Path, typer.Argument(help="A receipt, as JSON.", exists=True, dir_okay=False)],
    name: Name = None,
) -> None:
    """Erase the people of a receipt anew, after a backup made before was restored. 恢复备份后重新删除"""
    told = json.loads(file.read_text(encoding="utf-8"))
    with workspace(name) as stores:
        if not receipts.verify(told, stores.secret):
            raise Invalid(Text("This receipt is changed, or not ours.", "回执已被更改，或并非由本工作区签发。"))
        ids = ids_of_receipt(stores, told)
        if not ids:
            say(Text("Nobody of this receipt is here.", "此处没有回执所指的人。"))
            return
        signed = _carried_out(stores, ids, erasing.Choices(**told["choices"]))
    target = Path(f"receipt-{signed['erasure']}.json")
    target.write_text(json.dumps(signed, ensure_ascii=False, indent=2), encoding="utf-8")
    say(Text(f"Erased anew. Receipt: {target}", f"已重新删除。回执：{target}"), "bold")


@person.command("readmit")
def readmit(
    kind: Annotated[str, typer.Argument(help="customer, email, phone or wecom")], value: str, name: Name = None
) -> None:
    """Let somebody who was erased be taken in again, because they ask for it. 允许重新录入"""
    with workspace(name) as stores:
        with transaction(stores.engine) as session:
            actor = members.operator(session)
        lifted = asking.readmit(stores, kind, value, actor)
    if not lifted:
        raise NotFound(Text("Nobody with this was erased.", "没有以此标识删除过任何人。"))
    say(Text("They may be taken in again.", "已允许重新录入。"))


def _ids(given: str) -> list[str]:
    if not given.startswith("@"):
        return [given]
    path = Path(given[1:]).expanduser()
    if not path.is_file():
        raise NotFound(Text(f"There is no file {path}.", f"找不到文件 {path}。"))
    return [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]


def _confirmed(wanted: str, given: str | None) -> None:
    if given is not None:
        return
    if not err.is_terminal:
        raise Invalid(
            Text("An erasure has to be confirmed.", "删除操作需要确认。"),
            remedy=Text(f"Add --confirm “{wanted}”.", f"请加上 --confirm “{wanted}”。"),
        )
    question = Text(f"This cannot be taken back. Type “{wanted}” to go on", f"此操作无法撤销。请输入“{wanted}”以继续")
    if Prompt.ask(question.say(language()), console=err) != wanted:
        raise typer.Exit(3)


def _carried_out(stores: Stores, ids: list[str], choices: erasing.Choices) -> dict[str, object]:
    with transaction(stores.engine) as session:
        actor = members.operator(session)
    erasure_id = erasing.ask(stores, ids, choices, actor, in_background=False)
    with progress() as report:
        return erasing.erase(stores, erasure_id, report)


def _show(lines: list[dict[str, object]], as_json: bool) -> None:
    if as_json:
        print_json(lines)
        return
    spoken = language()
    told = [
        {name: value[spoken] if isinstance(value, dict) else value for name, value in line.items()} for line in lines
    ]
    show(told, LINES, as_json=False)
