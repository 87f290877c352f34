"""Amounts survive every way of writing them."""

from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.sources.parsing.numbers import Marks, currencies_of, decide_marks, parse_money, parse_number

amounts = st.decimals("-99999999999999.9999", "99999999999999.9999", places=4)
cents = st.decimals("-9999999999.99", "9999999999.99", places=2)


def read(text: str, marks: Marks = "point") -> Decimal | None:
    value: Decimal | None = parse_money(pa.array([text]), marks).values[0].as_py()
    return value


@given(amounts)
def test_an_amount_written_plainly_reads_back_exactly(amount: Decimal) -> None:
    assert read(str(amount)) == amount


@given(
    cents, st.sampled_from(["{:,}", "¥{:,}", "￥ {:,}", "${:,}", "{:,}元", "RMB {:,}", "{:,} EUR", "US$ {:,}", "'{:,}"])
)
def test_an_amount_with_thousands_and_a_currency_reads_back(amount: Decimal, form: str) -> None:
    assert read(form.format(amount)) == amount


@given(cents)
def test_an_accountant_s_negative_reads_back(amount: Decimal) -> None:
    size = abs(amount)
    assert read(f"({size:,})") == read(f"（¥{size:,}）") == read(f"{size:,}-") == read(f"−{size:,}") == -size


@given(cents)
def test_a_decimal_comma_reads_back(amount: Decimal) -> None:
    swapped = f"{amount:,}".translate(str.maketrans(",.", ".,"))
    assert read(swapped, "comma") == amount
    assert read(f"{amount:,}".replace(",", " ").replace(".", ","), "comma") == amount


@given(st.decimals("-99999999.9999", "99999999.9999", places=4))
def test_ten_thousands_move_the_mark_without_a_rounding_error(amount: Decimal) -> None:
    assert read(f"{amount}万") == amount * 10_000


@given(st.text(max_size=12))
def test_no_text_whatever_breaks_the_parser_or_is_read_without_a_digit(text: str) -> None:
    parsed = parse_money(pa.array([text]))
    if parsed.values[0].as_py() is not None:
        assert any(character.isnumeric() for character in text)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300))
def test_a_float_as_a_program_writes_it_reads_back(number: float) -> None:
    assert parse_number(pa.array([repr(number)])).values[0].as_py() == number


@pytest.mark.parametrize(
    ("text", "value"),
    [("15%", "0.15"), ("1.2亿", "120000000"), ("£2.5k", "2500"), ("1e3", "1000"), ("1,2345.6", "12345.6")],
)
def test_other_forms(text: str, value: str) -> None:
    assert read(text) == Decimal(value)


@pytest.mark.parametrize("text", ["abc", "1.2.3", "12-13", "1,23,4.5,6", "--5", "100000000000000", "2024-03-05", "()"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    parsed = parse_money(pa.array([text]))
    assert parsed.values[0].as_py() is None
    assert parsed.wrong[0].as_py()


def test_blank_is_missing_and_not_wrong() -> None:
    assert parse_money(pa.array(["", " ", None, "N/A"])).wrong.to_pylist() == [False] * 4


def test_the_decimal_mark_is_decided_by_the_column() -> None:
    assert decide_marks(pa.array(["1.234,50", "1.234"])) == "comma"
    assert decide_marks(pa.array(["1,234.50", "1,234"])) == "point"
    assert decide_marks(pa.array(["1234", "5"])) is None


def test_currencies_are_seen_in_the_amounts() -> None:
    assert currencies_of(pa.array(["£1", "€2", "3 usd", "RMB 4"])) == {"GBP", "EUR", "USD", "CNY"}
