"""The feature table holds one row per customer with the numbers the catalog promises."""

from datetime import datetime

import pytest

from tenure.app.wiring import Stores
from tenure.features.build import build
from tenure.features.catalog import CATALOG
from tenure.kit.errors import NotFound
from tenure.warehouse.history import History
from tests.features import make

AS_OF = datetime(2025, 7, 1)


def test_an_empty_workspace_has_an_empty_feature_table(stores: Stores) -> None:
    table = stores.lake.read(build(History(stores.lake, AS_OF)))
    assert table.num_rows == 0
    assert table.column_names == ["customer_id", *CATALOG]


def test_a_customer_with_a_rhythm_shows_gap_and_silence_in_days(fresh_stores: Stores) -> None:
    days = [datetime(2025, 4, day) for day in (1, 11, 21)] + [datetime(2025, 5, 1)]
    make.add_orders(fresh_stores.lake, [("anna", at, 20.0) for at in days] + [("anna", datetime(2025, 5, 6), -5.0)])
    found = make.values(fresh_stores.lake, build(History(fresh_stores.lake, AS_OF)))["anna"]
    assert found["usual_gap_days"] == 10
    assert found["days_since_purchase"] == 60
    assert found["silence_in_gaps"] == 6
    assert found["purchases"] == 4
    assert found["revenue"] == 75
    assert found["return_share"] == pytest.approx(5 / 80)
    assert found["gap_spread"] == 0
    assert found["days_since_visit"] is None
    assert found["tickets_90"] == 0


def test_one_order_gives_no_rhythm_and_two_orders_of_a_day_are_one_purchase_day(fresh_stores: Stores) -> None:
    day = datetime(2025, 6, 10)
    make.add_orders(fresh_stores.lake, [("bo", day, 20.0), ("bo", day.replace(hour=8), 30.0)])
    found = make.values(fresh_stores.lake, build(History(fresh_stores.lake, AS_OF)))["bo"]
    assert found["purchases"] == 1
    assert found["average_order_value"] == 25
    assert found["usual_gap_days"] is None
    assert found["silence_in_gaps"] is None


def test_only_the_features_named_are_built(fresh_stores: Stores) -> None:
    table = build(History(fresh_stores.lake, AS_OF), ["revenue", "purchases"])
    assert set(table.columns) == {"customer_id", "revenue", "purchases"}


def test_an_unknown_feature_is_an_error_that_names_it(stores: Stores) -> None:
    with pytest.raises(NotFound, match="no feature shoe_size"):
        build(History(stores.lake, AS_OF), ["shoe_size"])


def test_every_feature_speaks_both_languages_and_keeps_its_window_honest() -> None:
    for name, feature in CATALOG.items():
        assert feature.name == name
        for text in (feature.label, feature.meaning):
            assert text.en, name
            assert text.zh, name
        assert any("一" <= sign <= "鿿" for sign in feature.meaning.zh), name
