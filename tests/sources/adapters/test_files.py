"""Files of every form are read alike, and what cannot be read is told plainly."""

import datetime
import gzip
import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenure.sources.adapters.catalog import FileReaders
from tenure.sources.source import (
    ROW,
    Choices,
    EmptySource,
    HeaderMissing,
    PasswordProtected,
    Reading,
    Unreadable,
    WrongForm,
)

CHINESE = "会员编号,姓名,备注\n1,王芳,好\n2,李雷,“很好，下次再来”\n"


def opened(tmp_path: Path, content: bytes, **choices: str) -> Reading:
    path = tmp_path / "file"
    path.write_bytes(content)
    return FileReaders().read_file(path, "file.csv", Choices(**choices))


def rows(reading: Reading) -> list[dict[str, object]]:
    return [row for batch in reading.batches for row in batch.to_pylist()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_chinese_is_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    reading = opened(tmp_path, CHINESE.encode(encoding))
    assert reading.columns == ["会员编号", "姓名", "备注"]
    assert [row["姓名"] for row in rows(reading)] == ["王芳", "李雷"]


def test_chinese_far_below_the_first_megabyte_is_noticed(tmp_path: Path) -> None:
    lines = "\n".join(f"{n},abcdefghijklmnopqrstuvwxyz" for n in range(60_000))
    reading = opened(tmp_path, f"id,name\n{lines}\n60001,王芳\n".encode("gbk"))
    assert rows(reading)[-1]["name"] == "王芳"


def test_western_accents_are_not_taken_for_chinese(tmp_path: Path) -> None:
    reading = opened(tmp_path, "name,city\nJosé Núñez,Málaga\nFrançois,Besançon\nnaïve,Zürich\n".encode("latin-1"))
    assert [row["name"] for row in rows(reading)] == ["José Núñez", "François", "naïve"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^"])
def test_any_separator_is_found(tmp_path: Path, delimiter: str) -> None:
    content = "\n".join(
        delimiter.join(line) for line in (["a b", "c", "d"], ["1", "x", "2024-01-01 10:00"], ["2", "y", "3"])
    )
    assert rows(opened(tmp_path, content.encode()))[1] == {ROW: 3, "a b": "2", "c": "y", "d": "3"}


def test_broken_rows_are_named_by_number_and_the_others_keep_theirs(tmp_path: Path) -> None:
    reading = opened(tmp_path, b'Report\na;b\n"x\ny";1\nonly one\n\nz;2\np;q;r\nlast;3\n')
    assert [(row[ROW], row["a"]) for row in rows(reading) if row["a"]] == [(3, "x\ny"), (6, "z"), (8, "last")]
    assert [(broken.row, broken.value) for broken in reading.broken] == [(4, "only one"), (7, "p;q;r")]


@given(
    st.lists(
        st.tuples(*[st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=8)] * 2),
        min_size=1,
        max_size=20,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_stands_in_quotes_comes_through(tmp_path: Path, cells: list[tuple[str, str]]) -> None:
    quoted = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [("a", "b"), *cells])
    found = [(row["a"], row["b"]) for row in rows(opened(tmp_path, quoted.encode()))]
    assert found == cells


def test_gzip_is_unpacked(tmp_path: Path) -> None:
    assert len(rows(opened(tmp_path, gzip.compress(CHINESE.encode("gbk"))))) == 2


def test_a_cut_off_gzip_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        rows(opened(tmp_path, gzip.compress(CHINESE.encode() * 500)[:-20]))


def test_a_workbook_gives_dates_whole_numbers_and_the_chosen_sheet(tmp_path: Path) -> None:
    reading = opened(tmp_path, _workbook())
    assert (reading.sheet, reading.sheets) == ("订单", ["空", "订单", "Other"])
    assert rows(reading) == [{ROW: 3, "订单号": "1001", "时间": "2024-03-05 14:05:00", "金额": "12.5"}]
    assert rows(opened(tmp_path, _workbook(), sheet="Other"))[0] == {ROW: 2, "a": "1"}


def test_parquet_and_json_lines_and_databases_read_as_text(tmp_path: Path) -> None:
    when = datetime.datetime(2024, 3, 5, 14, 5)
    sink = io.BytesIO()
    pq.write_table(pa.table({"id": [1, None], "at": [when, None], "place": [{"city": "Rome"}, None]}), sink)
    parquet = rows(opened(tmp_path, sink.getvalue()))
    assert parquet[0] == {ROW: 2, "id": "1", "at": "2024-03-05 14:05:00.000000", "place.city": "Rome"}
    lines = rows(reading := opened(tmp_path, b'{"id": 1, "place": {"city": "Rome"}}\nnot json\n{"id": 2, "x": [1]}\n'))
    assert [(row[ROW], row["id"], row["place.city"], row["x"]) for row in lines] == [
        (1, "1", "Rome", None),
        (3, "2", None, "[1]"),
    ]
    assert [broken.row for broken in reading.broken] == [2]
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE orders (id integer, name text)")
        connection.exec_driver_sql("INSERT INTO orders VALUES (1, 'Ann'), (2, NULL)")
    engine.dispose()
    for query in ("orders", "SELECT id, name FROM orders"):
        assert rows(FileReaders().read_database(url, query)) == [
            {ROW: 2, "id": "1", "name": "Ann"},
            {ROW: 3, "id": "2", "name": None},
        ]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptySource),
        (b"\n \n", EmptySource),
        (b"a,b\n", EmptySource),
        (b"1,2024-01-01,5\n2,2024-01-02,6\n", HeaderMissing),
        (b"%PDF-1.7", WrongForm),
        (b"\xef\xbb\xbf<html><table><tr><td>a</td></tr></table></html>", WrongForm),
        (b"PAR1 cut off", Unreadable),
        (b"PK\x03\x04 not a workbook", WrongForm),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), PasswordProtected),
        (b"\x00\x01\x02\x03", WrongForm),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(tmp_path: Path, content: bytes, error: type[Unreadable]) -> None:
    with pytest.raises(error) as caught:
        rows(opened(tmp_path, content))
    assert caught.value.message.zh
    assert caught.value.remedy is not None


def _workbook() -> bytes:
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True})
    book.add_worksheet("空")
    sheet = book.add_worksheet("订单")
    sheet.write_row(0, 0, ["三月订单"])
    sheet.write_row(1, 0, ["订单号", "时间", "金额"])
    sheet.write_row(2, 0, [1001])
    sheet.write_datetime(
        2, 1, datetime.datetime(2024, 3, 5, 14, 5), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    )
    sheet.write(2, 2, 12.5)
    book.add_worksheet("Other").write_column(0, 0, ["a", 1])
    book.close()
    return sink.getvalue()
