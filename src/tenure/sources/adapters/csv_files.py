"""Reads comma, tab or otherwise separated text, in any common encoding, plain or gzipped, in bounded memory."""

import csv
import gzip
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from tenure.kit.i18n import Text
from tenure.sources.adapters.header import find_header, looks_like_data
from tenure.sources.adapters.text_encoding import detect_encoding
from tenure.sources.source import (
    BrokenRow,
    Choices,
    EmptySource,
    HeaderMissing,
    Reading,
    Unreadable,
    raw_schema,
    unique_names,
)

DELIMITERS = (",", "\t", ";", "|", "^", "~", ":", "\x01")
SAMPLE = 256 * 1024
BLOCK = 8 << 20
SHOWN = 200  # characters of a broken row that are kept


def open_bytes(path: Path) -> BinaryIO:
    """Open a file for reading, unpacking gzip."""
    with path.open("rb") as probe:
        packed = probe.read(2) == b"\x1f\x8b"
    return cast(BinaryIO, gzip.open(path, "rb")) if packed else path.open("rb")


def read_csv(path: Path, name: str, choices: Choices) -> Reading:
    """Open a separated-values file; the separator and the encoding are found out unless given."""
    with open_bytes(path) as stream:
        encoding = choices.encoding or detect_encoding(stream)
    sample, whole = _sample(path, encoding)
    if not sample.strip():
        raise EmptySource(name)
    delimiter = choices.delimiter or _delimiter(sample)
    records = _records(sample, delimiter, whole)
    skipped = find_header(records)
    if looks_like_data(records[skipped]):
        raise HeaderMissing(name, delimiter.join(records[skipped])[:SHOWN])
    if len(records) == skipped + 1 and whole:
        raise EmptySource(name)
    columns = unique_names(records[skipped])
    reading = Reading(columns, iter(()), "csv", encoding=encoding, delimiter=delimiter)
    reading.batches = _batches(path, name, reading, skipped)
    return reading


def _sample(path: Path, encoding: str) -> tuple[str, bool]:
    with open_bytes(path) as stream, io.TextIOWrapper(stream, encoding, errors="replace", newline="") as text:
        sample = text.read(SAMPLE)
        return sample, not text.read(1)


def _records(sample: str, delimiter: str, whole: bool) -> list[list[str]]:
    records = list(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter))
    return records if whole or len(records) < 2 else records[:-1]


def _delimiter(sample: str) -> str:
    """Return the separator that cuts the most lines into the same number of cells."""
    head = sample[: SAMPLE // 4]

    def agreement(delimiter: str) -> tuple[float, int]:
        widths = Counter(len(record) for record in _records(head, delimiter, whole=False) if record)
        width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
        return (count / max(1, widths.total()) if width > 1 else 0.0, width)

    return max(DELIMITERS, key=agreement)


def _batches(path: Path, name: str, reading: Reading, skipped: int) -> Iterator[pa.RecordBatch]:
    numbers = _RowNumbers(first=skipped + 2)
    width = len(reading.columns)

    def on_broken(row: arrow_csv.InvalidRow) -> str:
        if row.number is not None:
            numbers.leave_out(row.number)
            if row.text.strip():
                reading.broken.append(BrokenRow(row.number, row.text[:SHOWN], _wrong_width(row.actual_columns, width)))
        return "skip"

    parse = arrow_csv.ParseOptions(
        delimiter=reading.delimiter,
        newlines_in_values=True,
        ignore_empty_lines=False,
        invalid_row_handler=on_broken,
    )
    read = arrow_csv.ReadOptions(
        use_threads=False,
        block_size=BLOCK,
        skip_rows_after_names=skipped + 1,
        column_names=reading.columns,
        encoding="utf-8" if reading.encoding == "utf-8-sig" else reading.encoding,
    )
    convert = arrow_csv.ConvertOptions(
        column_types=dict.fromkeys(reading.columns, pa.string()),
        strings_can_be_null=False,
        quoted_strings_can_be_null=False,
    )
    schema = raw_schema(reading.columns)
    try:
        with open_bytes(path) as stream:
            _skip_mark(stream, reading.encoding)
            for batch in arrow_csv.open_csv(stream, read, parse, convert):
                yield pa.RecordBatch.from_arrays([numbers.take(batch.num_rows), *batch.columns], schema=schema)
    except (pa.ArrowInvalid, UnicodeDecodeError, EOFError, gzip.BadGzipFile) as error:
        raise Unreadable(
            Text(f"{name} cannot be read to its end: {error}", f"{name} 无法完整读取：{error}"),
            remedy=Text(
                "Open it in a spreadsheet, look for an unclosed quotation mark, and save it as UTF-8 CSV.",
                "请用电子表格打开，检查是否有未闭合的引号，并另存为 UTF-8 CSV。",
            ),
        ) from error


def _skip_mark(stream: BinaryIO, encoding: str | None) -> None:
    if encoding == "utf-8-sig":
        stream.read(3)


def _wrong_width(found: int, expected: int) -> Text:
    return Text(
        f"The row has {found} cells where the header has {expected}.",
        f"该行有 {found} 个单元格，而表头有 {expected} 个。",
    )


class _RowNumbers:
    """Numbers the rows that could be read, leaving out those that could not."""

    def __init__(self, first: int) -> None:
        self._next = first
        self._left_out: list[int] = []

    def leave_out(self, number: int) -> None:
        self._left_out.append(number)

    def take(self, count: int) -> pa.Array:
        self._left_out = [number for number in self._left_out if number >= self._next]
        candidates = np.arange(self._next, self._next + count + len(self._left_out), dtype=np.int64)
        kept = candidates[~np.isin(candidates, self._left_out)][:count]
        if count:
            self._next = int(kept[-1]) + 1
        return pa.array(kept)
