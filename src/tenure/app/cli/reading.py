"""Commands that read: numbers, customers, reasons and the call list."""

from datetime import datetime
from typing import Annotated

import typer

from tenure.app.cli.terminal import language, note, out, print_json, say, show, workspace
from tenure.app.cli.workspaces import AsJson, Name
from tenure.app.desk import Desk
from tenure.kit.i18n import Text
from tenure.metrics import catalog, compute
from tenure.metrics.windows import Grain

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]
VALUE_HEADINGS = {
    "start": Text("From", "开始"),
    "end": Text("Until", "截止"),
    "segment": Text("Segment", "分组"),
    "value": Text("Value", "数值"),
    "low": Text("Low", "下限"),
    "high": Text("High", "上限"),
    "n": Text("Of", "样本"),
    "change": Text("Change", "变化"),
}
CATALOG_HEADINGS = {
    "name": Text("Metric", "指标"),
    "label": Text("Name", "名称"),
    "unit": Text("Unit", "单位"),
    "formula": Text("Formula", "公式"),
}


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(metrics)


def metrics(
    metric: Annotated[str | None, typer.Argument(help="A metric; without one, all are listed.")] = None,
    by: Annotated[str | None, typer.Option(help="Break down by, such as country.")] = None,
    start: Day = None,
    end: Day = None,
    grain: Annotated[Grain | None, typer.Option(help="Length of a period.")] = None,
    name: Name = None,
    as_json: AsJson = False,
) -> None:
    """Compute a metric with its interval, its change and its definition. 指标"""
    if metric is None:
        rows = [vars(found) | {"formula": found.formula} for found in catalog.CATALOG.values()]
        show([{key: row[key] for key in CATALOG_HEADINGS} for row in rows], CATALOG_HEADINGS, as_json)
        return
    found = catalog.find(metric)
    with workspace(name) as stores:
        desk = Desk(stores)
        first, last = (None if day is None else day.date() for day in (start, end))
        answer = compute.compute(desk.history(), metric, first, last, grain, by, desk.definition())
    rows = answer.rows.to_pylist()
    if as_json:
        print_json({"metric": metric, "rows": rows, "notes": list(answer.notes)})
        return
    say(found.label, "bold")
    out.print(f"{found.meaning.say(language())}\n{found.formula.say(language())}", style="dim", markup=False)
    show(rows, VALUE_HEADINGS, as_json=False)
    for remark in answer.notes:
        note(remark)
