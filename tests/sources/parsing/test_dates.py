"""Moments survive every way of writing them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.sources.parsing.dates import Order, OrderEvidence, order_evidence, parse_dates, parse_times

minutes = st.datetimes(datetime(1996, 1, 1), datetime(2099, 12, 31)).map(lambda d: d.replace(second=0, microsecond=0))
seconds = st.datetimes(datetime(1996, 1, 1), datetime(2099, 12, 31)).map(lambda d: d.replace(microsecond=0))
zones = st.sampled_from(
    ["UTC", "Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu"]
)


def read(text: str, order: Order = "dmy", zone: str = "UTC") -> datetime | None:
    moment: datetime | None = parse_times(pa.array([text]), order, zone).values[0].as_py()
    return moment


def chinese(moment: datetime) -> str:
    half = "上午" if moment.hour < 12 else "下午"
    return f"{moment.year}年{moment.month}月{moment.day}日 {half}{moment.hour % 12 or 12}:{moment:%M}"


FORMS: dict[str, Callable[[datetime], str]] = {
    "iso": lambda d: f"{d:%Y-%m-%d %H:%M}",
    "iso with t": lambda d: f"{d:%Y-%m-%dT%H:%M:%S}",
    "slashes": lambda d: f"{d.year}/{d.month}/{d.day} {d.hour}:{d:%M}",
    "dots": lambda d: f"{d:%Y.%m.%d %H:%M:%S}",
    "chinese": chinese,
    "chinese clock": lambda d: f"{d.year}年{d.month}月{d.day}日{d.hour}时{d.minute}分{d.second}秒",
    "compact": lambda d: f"{d:%Y%m%d%H%M%S}",
    "day month name": lambda d: f"{d:%d-%b-%Y %H:%M}",
    "month name first": lambda d: f"{d:%B} {d.day}, {d.year} {d:%I:%M %p}",
    "mail": lambda d: f"{d:%a, %d %b %Y %H:%M:%S}",
    "day first": lambda d: f"{d:%d/%m/%Y %H:%M}",
    "full width": lambda d: f"{d:%Y-%m-%d %H:%M}".translate(
        {ord(str(n)): "０１２３４５６７８９"[n] for n in range(10)}
    ),
}


@pytest.mark.parametrize("form", FORMS)
@given(moment=minutes)
def test_a_moment_reads_back(form: str, moment: datetime) -> None:
    assert read(FORMS[form](moment)) == moment


@given(minutes)
def test_american_order_reads_back_when_the_column_says_so(moment: datetime) -> None:
    assert read(f"{moment.month}/{moment.day}/{moment:%Y %I:%M %p}", "mdy") == moment


@given(seconds, st.integers(-14 * 4, 14 * 4))
def test_a_written_zone_wins_over_the_workspace_s(moment: datetime, quarters: int) -> None:
    there = moment.replace(tzinfo=UTC).astimezone(timezone(timedelta(minutes=15 * quarters)))
    assert read(there.isoformat(), zone="Asia/Shanghai") == moment
    assert read(f"{there:%Y-%m-%d %H:%M:%S %z}", zone="America/New_York") == moment


@given(seconds, zones)
def test_a_wall_clock_becomes_utc_as_the_calendar_says(moment: datetime, zone: str) -> None:
    expected = moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)
    assert read(f"{moment:%Y-%m-%d %H:%M:%S}", zone=zone) == expected


@given(seconds)
def test_counts_of_seconds_and_spreadsheet_days_read_back(moment: datetime) -> None:
    since = int(moment.replace(tzinfo=UTC).timestamp())
    serial = (moment - datetime(1899, 12, 30)) / timedelta(days=1)
    assert read(str(since * 1000), zone="Asia/Shanghai") == moment
    assert read(repr(serial)) == moment


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_birthday_reads_back_in_any_zone(day: date) -> None:
    for text in (f"{day:%Y-%m-%d}", f"{day.year}年{day.month}月{day.day}日", f"{day.day}/{day.month}/{day.year}"):
        assert parse_dates(pa.array([text]), "dmy").values[0].as_py() == day


@given(st.text(max_size=20))
def test_no_text_whatever_breaks_the_parser(text: str) -> None:
    parse_times(pa.array([text]), "mdy", "Asia/Shanghai")


@pytest.mark.parametrize(
    "text", ["2024-02-30", "2024-13-01", "31/02/2024", "2024-03-05 25:00", "yesterday", "12", "1.5", "00/00/0000"]
)
def test_days_that_do_not_exist_are_refused(text: str) -> None:
    assert read(text) is None


def test_the_column_proves_its_order() -> None:
    assert order_evidence(pa.array(["05/03/2024", "25/03/2024"])) == OrderEvidence(1, 0, 1)
    assert order_evidence(pa.array(["3/25/2024"])).order == "mdy"
    assert order_evidence(pa.array(["05/03/2024"])).order is None
