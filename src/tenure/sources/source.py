"""What a source is: a header and a stream of rows as text, each with the row number its owner would name."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from tenure.kit.errors import Invalid
from tenure.kit.i18n import Text

ROW = "__row"  # the column that carries the row number; row 1 is the header, as a spreadsheet counts
BATCH_ROWS = 50_000


@dataclass(frozen=True)
class BrokenRow:
    """A row that could not be read at all: its number, what stood there, and why."""

    row: int
    value: str
    reason: Text


@dataclass(frozen=True)
class Choices:
    """What somebody told us about a file, where we would have guessed otherwise."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None


@dataclass
class Reading:
    """An opened source. ``batches`` may be walked once; ``broken`` fills while it is walked."""

    columns: list[str]
    batches: Iterator[pa.RecordBatch]
    form: str
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: list[str] = field(default_factory=list)
    broken: list[BrokenRow] = field(default_factory=list)


class Readers(Protocol):
    """The plugs: who reads which kind of source."""

    def read_file(self, path: Path, name: str, choices: Choices) -> Reading:
        """Open a file, whatever its form."""
        ...

    def read_database(self, url: str, query: str) -> Reading:
        """Open a table or a query of a database."""
        ...


def raw_schema(columns: list[str]) -> pa.Schema:
    """Return the schema of raw batches: the row number, then every column as text."""
    return pa.schema([(ROW, pa.int64()), *((name, pa.string()) for name in columns)])


def unique_names(header: list[str]) -> list[str]:
    """Give every column a name, and one of its own: blanks become ``column 3``, repeats get a number."""
    names: list[str] = []
    for position, cell in enumerate(header, start=1):
        name = " ".join(cell.replace("\ufeff", "").split()) or f"column {position}"
        candidate, number = name, 2
        while candidate in names or candidate == ROW:
            candidate, number = f"{name} ({number})", number + 1
        names.append(candidate)
    return names


class Unreadable(Invalid):
    """The source cannot be read as anything we know."""

    code = "unreadable_source"


class EmptySource(Unreadable):
    """There is nothing in the source."""

    code = "empty_source"

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(f"{name} has no rows.", f"{name} 中没有数据。"),
            remedy=Text("Choose a file with a header line and at least one row.", "请选择含表头和至少一行数据的文件。"),
        )


class HeaderMissing(Unreadable):
    """The first line is data, not names."""

    code = "header_missing"

    def __init__(self, name: str, first: str) -> None:
        super().__init__(
            Text(
                f"The first line of {name} looks like data, not like column names: {first}",
                f"{name} 的第一行像是数据而不是列名：{first}",
            ),
            remedy=Text("Add a first line that names the columns.", "请在第一行写上各列的名称。"),
        )


class PasswordProtected(Unreadable):
    """The workbook is encrypted."""

    code = "password_protected"

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(f"{name} is protected by a password.", f"{name} 设有密码保护。"),
            remedy=Text(
                "Open it in Excel, save a copy without a password, and import the copy.",
                "请在 Excel 中打开，另存为不带密码的副本后再导入。",
            ),
        )


class WrongForm(Unreadable):
    """The content is not what the name says, or not a table."""

    code = "wrong_file_type"

    def __init__(self, name: str, found: Text) -> None:
        super().__init__(
            Text(f"{name} is {found.en}, not a table we can read.", f"{name} 是{found.zh}，不是可读取的表格。"),
            remedy=Text(
                "Save it as .xlsx or .csv (UTF-8) and import that file.",
                "请另存为 .xlsx 或 .csv（UTF-8）后再导入。",
            ),
        )
