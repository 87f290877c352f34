"""Amounts as they stand in a sentence."""

import pytest

from tenure.kit.money import written


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        (3631.54, "CNY", "¥3,632"),
        (8.04, "USD", "$8.04"),
        (-0.05, "CNY", "-¥0.05"),
        (-0.001, "CNY", "¥0.00"),
        (120.4, "JPY", "¥120"),
        (12.5, "CHF", "CHF 12.50"),
        (5, "points", "points 5.00"),
    ],
)
def test_an_amount_is_written_with_its_sign_and_no_more_decimals_than_matter(
    amount: float, currency: str, said: str
) -> None:
    assert written(amount, currency) == said
