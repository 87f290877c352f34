"""One person's address and number are written one way."""

import pyarrow as pa
import pytest

from tenure.sources.parsing.contacts import parse_emails, parse_phones


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "+86 138 0013 8000",
        "138-0013-8000",
        "８６１３８００１３８０００",
        "13800138000.0",
        "'13800138000",
    ],
)
def test_a_chinese_mobile_number_has_one_spelling(text: str) -> None:
    assert parse_phones(pa.array([text]), "CN").values.to_pylist() == ["+8613800138000"]


def test_a_number_without_country_belongs_to_the_workspace_s() -> None:
    assert parse_phones(pa.array(["020 7946 0958"]), "GB").values.to_pylist() == ["+442079460958"]
    assert parse_phones(pa.array(["12"]), "GB").wrong.to_pylist() == [True]


def test_addresses_are_lower_case_and_bare() -> None:
    read = parse_emails(pa.array([" Ann@Example.COM ", "Ann <ann@example.com>", "no one", None]))
    assert read.values.to_pylist() == ["ann@example.com", "ann@example.com", None, None]
    assert read.wrong.to_pylist() == [False, False, True, False]
