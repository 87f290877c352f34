"""The call list as an Excel file to print or work through."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import xlsxwriter

from tenure.kit.i18n import Language, Text
from tenure.risk.calls import Call

# What a customer is called must stay text: no formulas, no links.
_NOTHING_COMES_ALIVE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_SHEET = Text("Whom to call", "致电名单")
_COLUMNS: tuple[tuple[Text, int], ...] = (
    (Text("Rank", "排名"), 6),
    (Text("Customer", "客户"), 14),
    (Text("Name", "姓名"), 18),
    (Text("Phone", "电话"), 18),
    (Text("E-mail", "邮箱"), 26),
    (Text("Tier", "分级"), 6),
    (Text("Churn risk", "流失风险"), 10),
    (Text("Value at stake (next year)", "未来一年价值"), 16),
    (Text("Expected loss", "预期损失"), 14),
    (Text("Last order", "最近下单"), 12),
    (Text("Why", "原因"), 70),
    (Text("Suggested step", "建议"), 50),
)


def write_calls(path: Path, calls: Sequence[Call], language: Language, zone: ZoneInfo) -> None:
    """Write calls to an Excel file, one a row, days in a time zone."""
    with xlsxwriter.Workbook(path, _NOTHING_COMES_ALIVE) as workbook:
        sheet = workbook.add_worksheet(_SHEET.say(language))
        sheet.freeze_panes(1, 0)
        bold = workbook.add_format({"bold": True})
        formats = {
            "percent": workbook.add_format({"num_format": "0%"}),
            "money": workbook.add_format({"num_format": "#,##0.00"}),
            "day": workbook.add_format({"num_format": "yyyy-mm-dd"}),
            "text": workbook.add_format({"text_wrap": True}),
        }
        for place, (heading, width) in enumerate(_COLUMNS):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, heading.say(language), bold)
        for line, call in enumerate(calls, start=1):
            for place, (value, form) in enumerate(_cells(call, language, zone)):
                if isinstance(value, date):
                    sheet.write_datetime(line, place, value, formats["day"])
                elif isinstance(value, int | float):
                    sheet.write_number(line, place, value, formats.get(form))
                elif value is not None:
                    sheet.write_string(line, place, value, formats.get(form))


def _cells(call: Call, language: Language, zone: ZoneInfo) -> list[tuple[str | int | float | date | None, str]]:
    last = None if call.last_order_at is None else call.last_order_at.astimezone(zone).date()
    separator = "；" if language == "zh" else "; "
    return [
        (call.rank, ""),
        (call.customer_id, ""),
        (call.name, ""),
        (call.phone, ""),
        (call.email, ""),
        (call.tier, ""),
        (call.churn_risk, "percent"),
        (call.value_at_stake, "money"),
        (call.expected_loss, "money"),
        (last, "day"),
        (separator.join(reason.say(language) for reason in call.reasons), "text"),
        (call.suggestion.say(language), "text"),
    ]
