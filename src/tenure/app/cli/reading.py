"""Commands that read: numbers, customers, reasons and the call list."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from tenure.app.cli.terminal import language, note, out, print_json, say, show, workspace
from tenure.app.cli.workspaces import AsJson, Name
from tenure.app.desk import Desk
from tenure.app.wiring import Stores
from tenure.directory.customers.finding import service as finding
from tenure.directory.customers.profile import routes as profile
from tenure.directory.members import service as members
from tenure.directory.workspace import service as workspaces
from tenure.kit.db import transaction
from tenure.kit.i18n import Text
from tenure.metrics import catalog, compute
from tenure.metrics.windows import Grain
from tenure.risk import service as risk
from tenure.risk.workbook import write_calls

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

CUSTOMER_HEADINGS = {
    "id": Text("Id", "编号"),
    "name": Text("Name", "姓名"),
    "tier": Text("Tier", "等级"),
    "churn_risk": Text("Risk", "流失风险"),
    "value_365": Text("Value, 365 d", "一年价值"),
    "orders": Text("Orders", "订单数"),
    "revenue": Text("Spent", "累计消费"),
    "last_order_at": Text("Last order", "最近下单"),
}
CALL_HEADINGS = {
    "rank": Text("#", "#"),
    "customer_id": Text("Customer", "客户"),
    "name": Text("Name", "姓名"),
    "tier": Text("Tier", "等级"),
    "churn_risk": Text("Risk", "流失风险"),
    "expected_loss": Text("At stake", "预计损失"),
    "why": Text("Why", "原因"),
    "suggestion": Text("Suggested", "建议"),
}


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
        print_json({"metric": metric, "rows": rows, "churn": answer.churn, "notes": list(answer.notes)})
        return
    say(found.label, "bold")
    out.print(f"{found.meaning.say(language())}\n{found.formula.say(language())}", style="dim", markup=False)
    show(rows, VALUE_HEADINGS, as_json=False)
    for remark in (*([answer.churn] if answer.churn else []), *answer.notes):
        note(remark)


def customers(
    words: Annotated[str, typer.Argument(help="Name, e-mail, phone or id.")] = "",
    where: Annotated[
        str | None, typer.Option("--filter", help='JSON such as {"all":[{"field":"tier","op":"eq","value":"A"}]}.')
    ] = None,
    sort: Annotated[str, typer.Option(help="A field; a minus in front puts the largest first.")] = "-churn_risk",
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 20,
    name: Name = None,
    as_json: AsJson = False,
) -> None:
    """Find customers. 查找客户"""
    with workspace(name) as stores, transaction(stores.engine) as session:
        found = finding.find(session, finding.Asked(words, where, sort), None, limit)
        rows = [dict(row._mapping) for row in found.rows]
    show(rows, CUSTOMER_HEADINGS, as_json)
    if not as_json:
        total = found.total
        about = "" if total.exact else "~"
        note(Text(f"{len(rows)} of {about}{total.count:,}", f"显示 {len(rows)} / 共 {about}{total.count:,}"))


def tell_risk(customer_id: str, name: str | None, as_json: bool) -> None:
    """Say how likely a customer is to leave, what they are worth, and why."""
    with workspace(name) as stores, transaction(stores.engine) as session:
        found = profile.read_customer(session, stores.clock, customer_id)
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    say(
        Text("{who}, tier {tier}", "{who}，等级 {tier}").fill(who=found.name or found.id, tier=found.tier or "–"),
        "bold",
    )
    if found.churn_risk is None or found.model is None:
        say(Text("No score yet: run `tenure refresh`.", "尚未评分：请运行 `tenure refresh`。"))
        return
    say(
        Text(
            "{risk:.0%} likely to leave (between {low:.0%} and {high:.0%}), as of {day}.",
            "流失概率 {risk:.0%}（区间 {low:.0%}–{high:.0%}），截至 {day}。",
        ).fill(
            risk=found.churn_risk,
            low=found.churn_risk_low or 0.0,
            high=found.churn_risk_high or 1.0,
            day=f"{found.model.as_of:%Y-%m-%d}",
        )
    )
    for reason in found.reasons:
        say(Text(f"  • {reason.text.en}", f"  • {reason.text.zh}"))
    note(
        Text(
            f"{found.model.name} {found.model.version}, snapshot {found.model.snapshot}. Reasons are associations, not causes.",
            f"模型 {found.model.name} {found.model.version}，快照 {found.model.snapshot}。原因为相关性，并非因果。",
        )
    )


def call_list(
    limit: Annotated[int, typer.Option(min=1, max=500)] = 20,
    excel: Annotated[Path | None, typer.Option(help="Write an Excel file instead.")] = None,
    name: Name = None,
    as_json: AsJson = False,
) -> None:
    """Say whom to call today, most to lose first, with the reason and a suggested step. 今天该联系谁"""
    with workspace(name) as stores:
        if excel is None:
            show_calls(stores, limit, as_json)
            return
        with transaction(stores.engine) as session:
            calls = risk.exported_calls(session, members.operator(session), stores.clock.now())
            zone = workspaces.read(session).zone
        write_calls(excel, calls, language(), zone)
        say(Text(f"Wrote {len(calls)} calls to {excel}.", f"已将 {len(calls)} 条写入 {excel}。"))


def show_calls(stores: Stores, limit: int, as_json: bool) -> None:
    """Print the first calls of the day and who is left out."""
    with transaction(stores.engine) as session:
        found = risk.call_list(session, limit=limit)
    rows = [vars(call) | {"why": call.reasons[0] if call.reasons else None} for call in found.calls]
    if as_json:
        print_json({"calls": [vars(call) for call in found.calls], "excluded": vars(found.excluded)})
        return
    if not rows:
        say(Text("Nobody needs a call today.", "今天没有需要联系的客户。"))
        return
    say(Text("Whom to call today", "今天该联系谁"), "bold")
    show(rows, CALL_HEADINGS, as_json=False)
    for remark in (*([found.risk] if found.risk else []), *found.notes):
        note(remark)
    left_out = found.excluded.no_consent + found.excluded.no_contact
    if left_out:
        note(
            Text(
                f"Left out: {found.excluded.no_consent:,} without consent, {found.excluded.no_contact:,} without contact.",
                f"未列入：未获同意 {found.excluded.no_consent:,} 位，无联系方式 {found.excluded.no_contact:,} 位。",
            )
        )
