"""Tables of who took what, however ids and times are written."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from tenure.models.base import UnusableInput
from tenure.models.recommend.interactions import matrix, places_of, read

TABLE = pd.DataFrame({
    "customer": ["b", "a", "a", "c", None],
    "item": ["tea", "tea", "cup", "tea", "tea"],
    "time": pd.to_datetime(["2025-01-01", "2025-01-02", "2025-01-03", "2025-01-04", "2025-01-05"]),
})  # fmt: skip


def test_customers_stand_by_id_and_items_by_popularity() -> None:
    taken = read(TABLE)
    assert taken.customers.tolist() == ["a", "b", "c"]
    assert taken.items.tolist() == ["tea", "cup"]
    assert matrix(taken).toarray().tolist() == [[1, 1], [1, 0], [1, 0]]


def test_the_order_of_rows_and_the_kind_of_table_change_nothing() -> None:
    plain = read(TABLE)
    for other in (pa.Table.from_pandas(TABLE), TABLE.iloc[::-1]):
        found = read(other)
        assert found.items.tolist() == plain.items.tolist()
        assert sorted(zip(found.customer, found.item, found.day, strict=True)) == sorted(
            zip(plain.customer, plain.item, plain.day, strict=True)
        )


def test_numbers_stay_numbers_and_seconds_are_times() -> None:
    taken = read(pd.DataFrame({"customer": [7.0, 3.0, np.nan], "item": [1, 2, 3], "time": [86_400, 0, 0]}))
    assert taken.customers.dtype == np.int64
    assert taken.day.tolist() == [1.0, 0.0]
    assert places_of([3, 5], taken.customers).tolist() == [0, -1]


def test_a_split_orders_items_by_what_was_popular_before_it() -> None:
    table = pd.DataFrame({
        "customer": [1, 1, 2, 3, 4],
        "item": ["old", "both", "old", "both", "both"],
        "time": [0, 0, 0, 9 * 86_400, 9 * 86_400],
    })  # fmt: skip
    taken = read(table)
    past, later = taken.split(5.0)
    assert taken.items.tolist() == ["both", "old"]
    assert past.items.tolist() == later.items.tolist() == ["old", "both"]
    assert [past.items[place] for place in later.item] == ["both", "both"]


def test_ids_nobody_used_yet_have_a_place_at_the_end() -> None:
    taken = read(TABLE, also_customers=np.array(["z", "a"], dtype=object), also_items=np.array([9, 8]))
    assert taken.customers.tolist() == ["a", "b", "c", "z"]
    assert taken.items.tolist() == ["tea", "cup", "8", "9"]


@pytest.mark.parametrize("table", [TABLE[["item"]], TABLE[TABLE.customer.isna()], TABLE.assign(weight=np.inf)])
def test_tables_that_cannot_be_learned_from_are_refused(table: pd.DataFrame) -> None:
    with pytest.raises(UnusableInput):
        read(table)
