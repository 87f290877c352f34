"""The feature table holds one row per customer with the numbers the catalog promises."""

from datetime import datetime

import numpy as np
import pyarrow as pa
import pytest

from tenure.app.wiring import Stores
from tenure.features.build import build, read
from tenure.features.catalog import CATALOG, WORDS, chosen
from tenure.features.feature import OTHER_FEATURES
from tenure.features.gathered import GATHERED
from tenure.features.past import PAST
from tenure.kit.errors import NotFound
from tenure.warehouse.history import History
from tenure.warehouse.schema import CONTRACTS
from tests.features import make

AS_OF = datetime(2025, 7, 1)


def test_an_empty_workspace_has_an_empty_feature_table(stores: Stores) -> None:
    table = stores.lake.read(build(History(stores.lake, AS_OF)))
    assert table.num_rows == 0
    assert table.column_names == ["customer_id", *CATALOG, *WORDS]


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


def test_a_message_somebody_was_held_out_of_was_not_sent(fresh_stores: Stores) -> None:
    lake = fresh_stores.lake
    make.add_orders(lake, [("c1", datetime(2026, 1, 1, 9), 10.0)])
    sent = {
        "message_id": ["m1", "m2", "m3"],
        "customer_id": ["c1"] * 3,
        "sent_at": [datetime(2026, 1, day, 9) for day in (5, 6, 7)],
        "channel": ["email"] * 3,
        "status": ["sent", "held_out", None],
    }
    make.add(lake, "messages", sent)
    history = History(lake, datetime(2026, 1, 20), "UTC")
    found = make.values(lake, build(history, ["messages_30", "messages_ignored"]))
    assert (found["c1"]["messages_30"], found["c1"]["messages_ignored"]) == (2, 2)


def test_only_the_features_named_are_built(fresh_stores: Stores) -> None:
    table = build(History(fresh_stores.lake, AS_OF), ["revenue", "purchases"])
    assert set(table.columns) == {"customer_id", "revenue", "purchases"}


def test_an_unknown_feature_is_an_error_that_names_it(stores: Stores) -> None:
    with pytest.raises(NotFound, match="no feature shoe_size"):
        build(History(stores.lake, AS_OF), ["shoe_size"])


def test_the_catalog_reads_every_table_that_tells_of_a_customer() -> None:
    assert len(CATALOG) >= 70
    gathered = {name for feature in chosen() if feature.past != OTHER_FEATURES for name in PAST[feature.past].gathered}
    read_from = {GATHERED[name][0] for name in gathered}
    assert read_from == set(CONTRACTS) - {
        "products",
        "scores",
        "customer_links",
        "anonymous_events",
    }  # products through their lines


def test_words_are_words_of_the_newest_row_and_numbers_stay_numbers(fresh_stores: Stores) -> None:
    lake = fresh_stores.lake
    make.add(
        lake,
        "subscriptions",
        {"customer_id": ["a", "a", "b"], "subscription_id": ["s", "s", "t"], "period_id": ["1", "2", "3"],
         "started_at": pa.array([datetime(2025, 1, 1), datetime(2025, 5, 1), datetime(2025, 2, 1)]),
         "ended_at": pa.array([datetime(2025, 5, 1), None, datetime(2025, 3, 1)]), "plan": ["light", "full", "light"],
         "end_reason": ["plan_change", None, "cancelled"], "monthly_amount": [9.0, 19.0, 9.0]},
    )  # fmt: skip
    table = read(History(lake, AS_OF), ["plan", "fee_change", "plan_changes"])
    assert table.words["plan"].to_pylist() == ["full", None]
    assert table.columns["fee_change"].tolist()[0] == 10.0
    assert table.columns["plan_changes"].tolist() == [1.0, 0.0]
    frame = table.frame()
    assert frame["plan"].dtype == "category"
    assert frame["fee_change"].dtype == np.float64


def test_a_trial_is_told_by_its_log_ins_and_whether_it_was_paid_for_after(fresh_stores: Stores) -> None:
    lake = fresh_stores.lake
    make.add(
        lake,
        "subscriptions",
        {"customer_id": ["a", "a", "b"], "subscription_id": ["s", "s", "t"], "period_id": ["1", "2", "3"],
         "started_at": pa.array([datetime(2025, 6, 1, 9), datetime(2025, 6, 15, 9), datetime(2025, 6, 24, 9)]),
         "ended_at": pa.array([datetime(2025, 6, 14, 9), None, None]), "trial": [True, False, True],
         "monthly_amount": [0.0, 19.0, 0.0]},
    )  # fmt: skip
    days = [datetime(2025, 6, day, 12) for day in (2, 2, 9, 20, 30)]
    names = ["log_in", "Signed In", "search", "login", "login"]
    make.add(
        lake,
        "events",
        {"customer_id": ["a", "a", "a", "a", "b"], "event_id": ["1", "2", "3", "4", "5"],
         "occurred_at": pa.array(days), "name": names},
    )  # fmt: skip
    named = ["trial_log_ins_per_week", "trial_visit_share", "trial_converted", "log_ins_30", "things_done_90"]
    found = make.values(lake, build(History(lake, AS_OF), named))
    assert found["a"] == {"customer_id": "a", "trial_log_ins_per_week": 1.0, "trial_visit_share": 2 / 14,
                          "trial_converted": 1.0, "log_ins_30": 3.0, "things_done_90": 4.0}  # fmt: skip
    assert found["b"] == {"customer_id": "b", "trial_log_ins_per_week": 1.0, "trial_visit_share": 1 / 7,
                          "trial_converted": 0.0, "log_ins_30": 1.0, "things_done_90": 1.0}  # fmt: skip


def test_every_feature_speaks_both_languages_and_keeps_its_window_honest() -> None:
    for name, feature in (CATALOG | WORDS).items():
        assert feature.name == name
        for text in (feature.label, feature.meaning):
            assert text.en, name
            assert text.zh, name
        assert any("一" <= sign <= "鿿" for sign in feature.meaning.zh), name
