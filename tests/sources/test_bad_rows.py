"""The file of bad rows names row, column, value and reason, and no spreadsheet runs anything from it."""

import csv

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.sources import service
from tenure.sources.bad_rows import harmless
from tenure.sources.service import Intake
from tests.sources.make import csv_of, upload


def test_every_reason_of_a_bad_row_is_in_the_file(shared_intake: Intake) -> None:
    content = csv_of(
        "order no,customer id,order date,amount,email",
        "1,A,2024-01-01,5,ann@example.com",
        '2,A,"=HYPERLINK(""http://evil.test"")",+abc,',
        "3,A,2024-01-01,5,@sum",
        "4,A,2024-01-01,5,ann@example.com,too many",
    )
    facts = upload(shared_intake, content)
    service.preview(shared_intake, facts.id, facts.request)
    text = service.bad_rows(shared_intake, facts.id).read_text(encoding="utf-8-sig")
    header, *lines = list(csv.reader(text.splitlines()))
    assert header[0].startswith("row")
    assert [line[:3] for line in lines] == [
        ["3", "order date", '\'=HYPERLINK("http://evil.test")'],
        ["3", "amount", "'+abc"],
        ["4", "email", "'@sum"],
        ["5", "", "4,A,2024-01-01,5,ann@example.com,too many"],
    ]
    assert lines[0][3:5] == ["Not a date or time we can read.", "无法识别的日期或时间。"]
    assert lines[3][3] == "The row has 6 cells where the header has 5."
    assert [line[5][:2] for line in lines] == ["no", "no", "ye", "no"]


@given(st.text(max_size=10))
def test_nothing_in_the_file_begins_like_a_formula(text: str) -> None:
    told = harmless(pa.array([text]))[0].as_py()
    assert not told.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize("text", ["=1+1", "\t=1", " @x", "＝1", "-2+3"])
def test_a_formula_is_disarmed(text: str) -> None:
    assert harmless(pa.array([text]))[0].as_py() == f"'{text}"
