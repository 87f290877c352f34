"""Commands that bring data in and compute what follows from it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer
from rich.prompt import Confirm

from tenure.app.cli.reading import show_calls
from tenure.app.cli.terminal import err, language, note, print_json, progress, say, show, workspace
from tenure.app.cli.workspaces import AsJson, Name
from tenure.app.pipelines.refresh import refresh as refresh_all
from tenure.app.wiring import Stores, intake_of
from tenure.kit.errors import Invalid, NotFound
from tenure.kit.i18n import Text
from tenure.sources import service
from tenure.sources.declared import Declared
from tenure.sources.kinds import KINDS
from tenure.sources.parsing.dates import Order

SURE_ENOUGH = 0.6  # below, a person looks at the mapping first
MAPPING_HEADINGS = {
    "column": Text("Column", "列"),
    "sample": Text("For example", "示例"),
    "field": Text("Read as", "识别为"),
    "confidence": Text("Sure", "把握"),
    "why": Text("Because", "依据"),
}
PROBLEM_HEADINGS = {
    "row": Text("Row", "行"),
    "column": Text("Column", "列"),
    "value": Text("Value", "值"),
    "reason": Text("What is wrong", "原因"),
}
NOTHING = Text("left out", "不导入")


def import_data(
    source: Annotated[str, typer.Argument(help="A file, or the address of a database (postgresql://…).")],
    query: Annotated[str | None, typer.Option(help="For a database: a table or a query.")] = None,
    kind: Annotated[str | None, typer.Option(help=f"What the rows are: {', '.join(KINDS)}.")] = None,
    column: Annotated[
        list[str] | None, typer.Option("--map", help="COLUMN=FIELD, to correct the mapping; COLUMN= leaves it out.")
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="Sheet of a workbook.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Encoding of a text file, such as gb18030.")] = None,
    date_order: Annotated[str | None, typer.Option(help="dmy or mdy, where dates leave it open.")] = None,
    currency: Annotated[str | None, typer.Option(help="Currency of amounts without one.")] = None,
    rate: Annotated[
        list[str] | None, typer.Option(help="CUR=RATE into the workspace's currency; repeat for several.")
    ] = None,
    basis: Annotated[
        str | None,
        typer.Option(
            help="Where consent comes from: consent, contract, legitimate_interest, legal_obligation or none."
        ),
    ] = None,
    consent_from: Annotated[str, typer.Option(help="Where they agreed: a form, a contract, a till.")] = "",
    consent_at: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="When they agreed.")] = None,
    consent_words: Annotated[str, typer.Option(help="The words they agreed to.")] = "",
    consent_for: Annotated[str, typer.Option(help="The list they agreed to.")] = "marketing",
    consent_by: Annotated[
        list[str] | None, typer.Option(help="email, sms, phone or wecom; repeat for several.")
    ] = None,
    consent_confirm: Annotated[
        bool, typer.Option("--consent-confirm", help="Ask each of them to confirm it by a message.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="With any bad row, nothing goes in.")] = False,
    preview: Annotated[bool, typer.Option("--preview", help="Show what would happen and stop.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    then_refresh: Annotated[bool, typer.Option("--refresh/--no-refresh", help="Compute everything afterwards.")] = True,
    name: Name = None,
    as_json: AsJson = False,
) -> None:
    """Import a file or a database query: the mapping and a preview are shown before anything is written. 导入"""
    choices = service.Choices(encoding=encoding, sheet=sheet)
    at = None if consent_at is None else consent_at.replace(tzinfo=UTC)
    by = tuple(consent_by or ["email"])
    declared = (
        None if basis is None else Declared(basis, consent_for, by, consent_from, consent_words, at, consent_confirm)
    )
    with workspace(name) as stores:
        intake = intake_of(stores)
        with progress() as report:
            report(0.1, Text("Reading", "正在读取"))
            facts = _take(intake, source, query, kind, choices)
        request = service.Request(
            kind or facts.kind,
            _corrected(facts, column or []),
            service.Options(strict, _order(date_order), currency, _rates(rate or []), choices, declared),
        )
        _show_mapping(facts, request, as_json)
        with progress() as report:
            report(0.2, Text("Checking every row", "正在逐行检查"))
            found = service.preview(intake, facts.id, request)
        if preview:
            _show_preview(found, as_json)
            return
        _ask(facts, found, yes or as_json)
        with progress() as report:
            done = service.import_now(intake, facts.id, request, report=report)
        if then_refresh and (done.counts or {}).get("inserted"):
            with progress() as report:
                refresh_all(stores, report=report)
        _show_result(stores, done, found, as_json)


def undo(
    import_id: Annotated[str, typer.Argument(help="The id that `tenure import` printed.")], name: Name = None
) -> None:
    """Take an import out again: its rows leave, rows it replaced come back. 撤销导入"""
    with workspace(name) as stores:
        report = service.undo(intake_of(stores), import_id)
    removed = sum(report.removed.values())
    restored = sum(report.restored.values())
    say(
        Text(
            f"Undone: {removed:,} rows left, {restored:,} came back.",
            f"已撤销：移除 {removed:,} 行，恢复 {restored:,} 行。",
        )
    )


def refresh(
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Compute as of this day.")] = None,
    name: Name = None,
    as_json: AsJson = False,
) -> None:
    """Compute features, models, scores and the call list anew. 重新计算"""
    with workspace(name) as stores, progress() as report:
        moment = None if as_of is None else as_of.replace(tzinfo=UTC)
        result = refresh_all(stores, moment, report)
    if as_json:
        print_json(vars(result))
        return
    say(
        Text(
            "{customers} customers scored as of {day} by {model}, in {seconds:.0f} s.",
            "已为 {customers} 位客户评分（截至 {day}，模型 {model}），用时 {seconds:.0f} 秒。",
        ).fill(
            customers=f"{result.customers:,}",
            day=f"{result.as_of:%Y-%m-%d}",
            model=result.model,
            seconds=result.seconds,
        )
    )
    for remark in result.notes:
        note(remark)


def _take(
    intake: service.Intake, source: str, query: str | None, kind: str | None, choices: service.Choices
) -> service.ImportFacts:
    if "://" in source:
        if query is None:
            raise Invalid(
                Text("A database needs a table or a query.", "数据库来源需要指定表名或查询。"),
                remedy=Text("Add --query orders", "请加上 --query orders"),
            )
        return service.query_database(intake, source, query, kind=kind)
    path = Path(source).expanduser()
    if not path.is_file():
        raise NotFound(Text(f"There is no file {path}.", f"找不到文件 {path}。"))
    with path.open("rb") as file:
        return service.upload(intake, path.name, file, kind=kind, choices=choices)


def _corrected(facts: service.ImportFacts, corrections: list[str]) -> dict[str, str | None]:
    mapping = {match.column: match.field for match in facts.mapping}
    for correction in corrections:
        column, _, field = correction.partition("=")
        if column not in mapping:
            names = ", ".join(mapping)
            raise Invalid(
                Text(f"The file has no column “{column}”.", f"文件中没有“{column}”列。"),
                remedy=Text(f"Its columns: {names}", f"文件的列：{names}"),
            )
        mapping[column] = field or None
    return mapping


def _rates(given: list[str]) -> dict[str, Decimal]:
    return {code.strip().upper(): Decimal(rate) for code, _, rate in (pair.partition("=") for pair in given)}


def _show_mapping(facts: service.ImportFacts, request: service.Request, as_json: bool) -> None:
    if as_json:
        return
    spoken = language()
    samples = {column.name: column.samples for column in facts.columns}
    kind = KINDS[request.kind].label
    say(
        Text("{file}: {rows} rows, read as {kind}", "{file}：{rows} 行，识别为{kind}").fill(
            file=facts.file_name, rows=f"{facts.rows:,}", kind=kind
        ),
        "bold",
    )
    rows = [
        {
            "column": match.column,
            "sample": next(iter(samples.get(match.column, ())), "")[:28],
            "field": request.mapping[match.column] or NOTHING.say(spoken),
            "confidence": f"{match.confidence:.0%}",
            "why": match.why,
        }
        for match in facts.mapping
    ]
    show(rows, MAPPING_HEADINGS, as_json=False)


def _show_preview(found: service.Preview, as_json: bool) -> None:
    problems = [vars(problem) for problem in found.problems]
    if as_json:
        print_json({"counts": dict(found.counts), "problems": problems, "rows": list(found.rows)})
        return
    _tell_counts(found.counts)
    for remark in found.notes:
        note(remark)
    if problems:
        show(problems[:20], PROBLEM_HEADINGS, as_json=False)


def _ask(facts: service.ImportFacts, found: service.Preview, sure: bool) -> None:
    doubtful = facts.kind_confidence < SURE_ENOUGH
    for remark in found.notes:
        note(remark)
    if sure or not err.is_terminal or not (doubtful or found.counts.get("bad")):
        return
    _tell_counts(found.counts)
    question = Text("Import these rows?", "导入这些行吗？")
    if not Confirm.ask(question.say(language()), console=err, default=True):
        raise typer.Exit(3)


def _tell_counts(numbers: Mapping[str, object]) -> None:
    say(
        Text(
            "{rows} rows: {inserted} new, {updated} changed, {unchanged} as they were, {bad} with something wrong.",
            "共 {rows} 行：新增 {inserted}，更新 {updated}，未变 {unchanged}，有问题 {bad}。",
        ).fill(**{key: f"{numbers.get(key, 0):,}" for key in ("rows", "inserted", "updated", "unchanged", "bad")})
    )
    if numbers.get("anonymous"):
        anonymous = f"{numbers['anonymous']:,}"
        say(
            Text(
                f"{anonymous} rows name no customer: they count as sales, not towards any customer.",
                f"{anonymous} 行没有客户编号：计入销售额，不计入任何客户。",
            )
        )


def _show_result(stores: Stores, done: service.ImportFacts, found: service.Preview, as_json: bool) -> None:
    counts = dict(done.counts or {})
    if as_json:
        print_json({"id": done.id, "state": done.state, "counts": counts})
        return
    _tell_counts(counts)
    if counts.get("bad"):
        path = service.bad_rows(intake_of(stores), done.id)
        say(Text(f"What is wrong with them: {path}", f"问题明细：{path}"), "yellow")
    say(Text(f"To take it back: tenure undo {done.id}", f"如需撤销：tenure undo {done.id}"), "dim")
    show_calls(stores, limit=5, as_json=False)


def _order(wish: str | None) -> Order | None:
    match wish:
        case None | "dmy" | "mdy":
            return wish
        case _:
            raise Invalid(
                Text(f"{wish} is no order of day and month.", f"{wish} 不是有效的日月顺序。"),
                remedy=Text("Write dmy or mdy.", "请写 dmy 或 mdy。"),
            )
