"""Reads Excel and OpenDocument workbooks with calamine, one sheet at a time."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from pathlib import Path

import pyarrow as pa
import python_calamine

from tenure.kit.errors import FieldProblem, Invalid
from tenure.kit.i18n import Text
from tenure.sources.adapters.header import LOOKED_AT, find_header, looks_like_data
from tenure.sources.source import (
    BATCH_ROWS,
    Choices,
    EmptySource,
    HeaderMissing,
    PasswordProtected,
    Reading,
    WrongForm,
    raw_schema,
    unique_names,
)

Cell = int | float | str | bool | time | date | datetime | timedelta


def read_excel(path: Path, name: str, choices: Choices) -> Reading:
    """Open one sheet of a workbook: the one named, else the first that holds rows."""
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(path)
    except python_calamine.PasswordError as error:
        raise PasswordProtected(name) from error
    except python_calamine.CalamineError as error:
        raise WrongForm(name, Text("a damaged workbook", "已损坏的工作簿")) from error
    sheets = workbook.sheet_names
    sheet = _sheet(workbook, choices.sheet, name)
    rows = sheet.iter_rows()
    head = [[_told(cell) for cell in row] for row in islice(rows, LOOKED_AT)]
    first = (sheet.start or (0, 0))[0] + 1
    above = find_header(head)
    if not head or len(head) == above + 1:
        raise EmptySource(name)
    if looks_like_data(head[above]):
        raise HeaderMissing(name, " ".join(head[above]))
    columns = unique_names(head[above])
    body = chain(head[above + 1 :], ([_told(cell) for cell in row] for row in rows))
    batches = _batches(body, columns, first + above + 1)
    return Reading(columns, batches, "excel", sheet=sheet.name, sheets=sheets)


def _sheet(workbook: python_calamine.CalamineWorkbook, wanted: str | None, name: str) -> python_calamine.CalamineSheet:
    names = workbook.sheet_names
    if wanted is not None:
        if wanted not in names:
            problem = Text(f"The sheets are: {', '.join(names)}", f"现有工作表：{'、'.join(names)}")
            raise Invalid(
                Text(f"{name} has no sheet {wanted}.", f"{name} 中没有工作表 {wanted}。"),
                remedy=problem,
                fields=(FieldProblem("/options/sheet", problem),),
            )
        return workbook.get_sheet_by_name(wanted)
    for candidate in names:
        sheet = workbook.get_sheet_by_name(candidate)
        if sheet.total_height > 1:
            return sheet
    raise EmptySource(name)


def _batches(body: Iterator[Sequence[str]], columns: list[str], first: int) -> Iterator[pa.RecordBatch]:
    schema = raw_schema(columns)
    numbered = ((number, row) for number, row in enumerate(body, start=first) if any(row))
    while chunk := list(islice(numbered, BATCH_ROWS)):
        cells = zip(*(row for _, row in chunk), strict=True)
        arrays = [pa.array([number for number, _ in chunk], pa.int64())]
        arrays += [pa.array(column, pa.string()) for column in cells]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def _told(cell: Cell) -> str:
    """Tell a cell as text; whole numbers lose the ``.0`` that the file format gives every number."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return str(cell)
