"""The customer list as an Excel file, written row by row so that a million customers need little memory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

import xlsxwriter

from tenure.directory.customers.finding.fields import KNOWN, Field
from tenure.kit.i18n import Language, Text

MOST_ROWS = 1_000_000  # Excel holds 1,048,576
# What a customer typed must stay text: no formulas, no links
_NOTHING_COMES_ALIVE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LABELS = {name: known.label for name, known in KNOWN.items()} | {"reason": Text("Strongest reason", "首要原因")}
_SHEET = {"en": "Customers", "zh": "客户"}


@dataclass(frozen=True)
class Look:
    """How the file speaks: the language of its headings, and the time zone its days are in."""

    language: Language
    zone: ZoneInfo

    def cell_of(self, value: object) -> object:
        """Return a moment as the day it is in the time zone, a text in the language; other values as they are."""
        if isinstance(value, dict):
            return value.get(self.language)
        return value.astimezone(self.zone).date() if isinstance(value, datetime) else value


def write_customers(
    path: Path, rows: Iterable[Sequence[object]], columns: Sequence[str], attributes: Sequence[Field], look: Look
) -> int:
    """Write customers to an Excel file; returns how many. ``columns`` name the values of a row.

    The column ``attributes`` is spread over one column per custom attribute.
    """
    language = look.language
    at = columns.index("attributes")
    plain = [place for place in range(len(columns)) if place != at]
    labels = [_LABELS[columns[p]].say(language) if columns[p] in _LABELS else columns[p] for p in plain]
    names = [field.attribute or field.name for field in attributes]
    count = 0
    with xlsxwriter.Workbook(path, {"constant_memory": True, **_NOTHING_COMES_ALIVE}) as workbook:
        sheet = workbook.add_worksheet(_SHEET[language])
        sheet.freeze_panes(1, 0)
        bold = workbook.add_format({"bold": True})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for place, label in enumerate([*labels, *(field.label.say(language) for field in attributes)]):
            sheet.write_string(0, place, label, bold)
        for row in rows:
            count += 1
            tags = cast(dict[str, object], row[at])
            for place, value in enumerate([*(row[p] for p in plain), *(tags.get(name) for name in names)]):
                _write(sheet, (count, place), look.cell_of(value), day)
    return count


def _write(sheet: xlsxwriter.worksheet.Worksheet, place: tuple[int, int], value: object, day: object) -> None:
    line, column = place
    if value is None:
        return
    if isinstance(value, date):
        sheet.write_datetime(line, column, value, day)
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        sheet.write_number(line, column, float(value))
    else:
        sheet.write_string(line, column, str(value))
