"""What may be shown: stock, category, price, and what is named."""

import numpy as np
import pandas as pd
import pytest

from tenure.models import ItemFilter
from tenure.models.recommend.shelf import Shelf

ITEMS = np.array(["a", "b", "c", "d"], dtype=object)
TABLE = pd.DataFrame({
    "item": ["a", "b", "c", "elsewhere"],
    "category": ["tea", "tea", "cups", "tea"],
    "price": [5.0, 12.0, None, 1.0],
    "in_stock": [True, False, None, True],
    "listed": [pd.Timestamp("2025-01-01"), pd.Timestamp("2025-05-01"), None, None],
})  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (ItemFilter(), "abcd"),
        (ItemFilter(in_stock=True), "acd"),
        (ItemFilter(categories=["tea"]), "ab"),
        (ItemFilter(highest_price=10), "a"),
        (ItemFilter(lowest_price=10), "b"),
        (ItemFilter(only=["a", "d", "unknown"], never=["d"]), "a"),
        (ItemFilter(only=[]), ""),
    ],
)
def test_a_filter_lets_through_what_it_names(wanted: ItemFilter, shown: str) -> None:
    assert "".join(ITEMS[Shelf.of(TABLE, ITEMS).allowed(wanted, ITEMS)]) == shown


def test_newcomers_are_listed_lately_and_hardly_taken() -> None:
    shelf = Shelf.of(TABLE.assign(in_stock=True), ITEMS)
    april = (pd.Timestamp("2025-04-01") - pd.Timestamp(0)).days
    assert ITEMS[shelf.newcomers(np.array([0, 4, 0, 0]), april)].tolist() == ["b", "c"]
    assert ITEMS[shelf.newcomers(np.array([0, 9, 2, 0]), april)].tolist() == []
    assert Shelf.of(TABLE, ITEMS).gone.tolist() == [False, True, False, False]


def test_without_a_table_an_item_is_called_by_its_id() -> None:
    assert Shelf.of(None, np.array([7, 8])).name.tolist() == ["7", "8"]
