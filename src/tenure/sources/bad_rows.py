"""The file of refused rows: what stood where, and why, in both languages; safe to open in a spreadsheet."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from tenure.kit.i18n import Text
from tenure.sources.reasons import REASONS
from tenure.sources.source import ROW

FILE = "bad-rows.csv"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # without it Excel reads Chinese as something else
FORMULA = r"^[\s\x00]*[=+\-@\t\r|%＝＋－＠]"
HEADER = {
    "row": "row 行号",
    "column": "column 列",
    "value": "value 值",
    "en": "reason",
    "zh": "原因",
    "kept": "row imported 是否已导入",
}


def harmless(values: pa.Array) -> pa.Array:
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    dangerous = pc.fill_null(pc.match_substring_regex(values, pattern=FORMULA), False)
    return pc.if_else(dangerous, pc.binary_join_element_wise("'", values, ""), values)


def write_bad_rows(problems: pa.Table, sentences: Mapping[int, Text], folder: Path) -> Path:
    """Write the problems of a file; ``sentences`` tells of rows that could not be read, by row number."""
    codes = pa.array(list(REASONS))
    place = pc.index_in(problems["code"], value_set=codes)
    words = {
        language: pa.array([text.say(language) for text in REASONS.values()]).take(place.combine_chunks())
        for language in ("en", "zh")
    }
    if sentences:
        words = {language: _with_sentences(problems, told, sentences, language) for language, told in words.items()}
    table = pa.table(
        {
            HEADER["row"]: problems[ROW],
            HEADER["column"]: harmless(problems["column"].combine_chunks()),
            HEADER["value"]: harmless(problems["value"].combine_chunks()),
            HEADER["en"]: words["en"],
            HEADER["zh"]: words["zh"],
            HEADER["kept"]: pc.if_else(problems["kept"], "yes 是", "no 否"),
        }
    )
    path = folder / FILE
    with path.open("wb") as file:
        file.write(BYTE_ORDER_MARK)
        csv.write_csv(table, file)
    return path


def _with_sentences(problems: pa.Table, told: pa.Array, sentences: Mapping[int, Text], language: str) -> pa.Array:
    rows = pa.array(list(sentences), pa.int64())
    own = pa.array([text.zh if language == "zh" else text.en for text in sentences.values()])
    broken = pc.equal(problems["code"], "broken_row").combine_chunks()
    return pc.if_else(broken, own.take(pc.index_in(problems[ROW].combine_chunks(), value_set=rows)), told)
