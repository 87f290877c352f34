"""The recommender as a caller meets it: lists, filters, reasons, cold starts, and the same bytes every time."""

import numpy as np
import pandas as pd
import pytest

from tenure.models import ItemFilter, Recommender, store
from tenure.models.base import DegenerateData, UnusableInput
from tenure.models.recommend.sittings import ITEMS, made_up_shoppers

SHOPPERS = made_up_shoppers(1500)
GOODS = pd.DataFrame({
    "item": [f"i{n:02}" for n in range(ITEMS)] + ["fresh", "stale"],
    "name": [f"Item {n}" for n in range(ITEMS)] + ["Fresh tea", "Stale tea"],
    "category": [f"third {n // 10}" for n in range(ITEMS)] + ["third 0", "third 0"],
    "price": [float(n) for n in range(ITEMS)] + [5.0, 5.0],
    "listed": pd.to_datetime(["2024-01-01"] * ITEMS + ["2025-12-20", "2024-01-01"]),
})  # fmt: skip
TOWNS = pd.DataFrame({"customer": [f"c{n}" for n in range(1600)], "city": ["Xi'an", "Bath"] * 800})
NOW = "2026-01-01"


@pytest.fixture(scope="module")
def model() -> Recommender:
    return Recommender(methods=("popularity", "item_knn", "ease")).fit(SHOPPERS, TOWNS, GOODS, now=NOW)


@pytest.fixture(scope="module")
def lists(model: Recommender) -> pd.DataFrame:
    return model.recommend([f"c{n}" for n in range(300)], 5)


def owned(customer: str) -> set[str]:
    return set(SHOPPERS.item[SHOPPERS.customer == customer])


def test_everybody_gets_a_full_list_of_what_they_do_not_own(lists: pd.DataFrame) -> None:
    assert (lists.groupby("customer").size() == 5).all()
    assert not any(item in owned(customer) for customer, item in zip(lists.customer, lists["item"], strict=True))
    assert not lists.again.any()


def test_lists_follow_tastes(lists: pd.DataFrame) -> None:
    third = lists.customer.str[1:].astype(int) % 3
    assert (lists["item"].str[1:].astype(int) // 10 == third).mean() > 0.8


def test_scores_are_chances_that_fall_along_the_list(model: Recommender, lists: pd.DataFrame) -> None:
    assert model.horizon_days is not None
    assert lists.score.between(0, 1).all()
    assert (lists.groupby("customer").score.diff().dropna() <= 0).all()


def test_places_kept_for_what_is_new_to_a_customer_take_the_best_of_it_and_leave_the_rest_as_it_is(
    model: Recommender,
) -> None:
    asked = [f"c{n}" for n in range(200)]
    free, kept = (model.recommend(asked, 6, exclude_seen=False, explore=explore) for explore in (0, 3))
    new = model.recommend(asked, 6)
    assert (kept.groupby("customer").score.diff().dropna() <= 0).all()
    assert (~kept.again).sum() > (~free.again).sum()
    for who in asked:
        fresh, again, best = (
            list(part["item"][part.customer == who]) for part in (kept[~kept.again], kept[kept.again], new)
        )
        assert fresh[:3] == best[:3]
        assert again == list(free["item"][(free.customer == who) & free.again])[: len(again)]


def test_what_was_bought_before_competes_when_it_may(model: Recommender) -> None:
    found = model.recommend(["c1", "c2"], 8, exclude_seen=False)
    assert found.again.any()
    for row in found.itertuples():
        assert (row.item in owned(str(row.customer))) == row.again


def test_every_reason_is_a_sentence_in_both_languages(model: Recommender) -> None:
    found = model.recommend([f"c{n}" for n in range(300)] + ["c1599", "nobody"], 8, exclude_seen=False)
    assert found.reason_en.str.match(r"^[A-Z].{8,}").all()
    assert found.reason_zh.str.contains("[一-鿿]").all()
    assert not found.reason_en.str.contains("None|nan|{").any()
    because = found[found.reason == "because"]
    assert len(because)
    assert all(item in owned(customer) for customer, item in zip(because.customer, because.because, strict=True))
    assert because.reason_en.str.startswith("Because they bought Item ").all()
    assert set(found.reason[found.again]) <= {"due", "rhythm", "often", "once"}


def test_somebody_who_bought_something_every_month_is_told_when_it_is_due() -> None:
    monthly = pd.DataFrame(
        {"customer": "c0", "item": "i00", "time": pd.date_range("2025-06-02", periods=7, freq="30D")}
    )
    model = Recommender("ease").fit(pd.concat([SHOPPERS[SHOPPERS.customer != "c0"], monthly]), now=NOW)
    found = model.recommend(["c0"], 3, exclude_seen=False)
    habit = found[found["item"] == "i00"].iloc[0]
    assert (habit.reason, habit.times, habit.last_on) == ("due", 7, "2025-11-29")
    assert 25 <= habit.gap_days <= 40
    assert "due now" in habit.reason_en


def test_filters_hold_for_new_and_again(model: Recommender) -> None:
    wanted = ItemFilter(categories=["third 0", "third 1"], highest_price=14, never=["i03"])
    found = model.recommend([f"c{n}" for n in range(50)] + ["nobody"], 6, exclude_seen=False, items=wanted)
    number = found["item"].str[1:].astype(int)
    assert number.max() <= 14
    assert 3 not in set(number)
    assert len(model.recommend(["c1"], 6, items=ItemFilter(only=["i01"], never=["i01"]))) == 0


def test_a_newcomer_gets_its_place_in_the_category_a_customer_likes(model: Recommender) -> None:
    found = model.recommend([f"c{n}" for n in range(300)], 5, new_items=1)
    fresh = found[found["item"] == "fresh"]
    assert (fresh["rank"] == 5).all()
    assert fresh.reason_en.unique().tolist() == ["New in third 0, which they buy most"]
    fans = (fresh.customer.str[1:].astype(int) % 3 == 0).mean()
    assert fans > 0.9
    assert "stale" not in set(found["item"])


def test_who_bought_nothing_yet_gets_what_is_popular(model: Recommender) -> None:
    found = model.recommend(["c1599", "nobody"], 5)
    assert found.score.isna().all()
    assert set(found.reason) <= {"popular", "popular_in"}
    assert len(found) == 10


def test_where_towns_matter_strangers_are_told_so() -> None:
    half = SHOPPERS.customer.str[1:].astype(int) % 3 == 0
    towns = pd.DataFrame({"customer": SHOPPERS.customer.unique()})
    towns["city"] = np.where(towns.customer.str[1:].astype(int) % 3 == 0, "Bath", "Xi'an")
    towns.loc[len(towns)] = ["stranger", "Bath"]
    found = Recommender("ease").fit(SHOPPERS, towns).recommend(["stranger"], 3)
    assert set(found["item"]) <= set(SHOPPERS["item"][half].value_counts().index[:12])
    assert set(found.reason) == {"popular_in"}
    assert found.reason_en.iloc[0] == "Popular with customers in Bath"


def test_similar_items_come_from_the_same_third(model: Recommender) -> None:
    found = model.similar(["i01", "i15", "unknown"], 3)
    assert set(found["item"]) == {"i01", "i15"}
    assert (found["item"].str[1] == found.similar.str[1]).mean() >= 5 / 6
    assert not (found["item"] == found.similar).any()


def test_the_order_of_rows_changes_nothing(model: Recommender) -> None:
    shuffled = SHOPPERS.sample(frac=1, random_state=4)
    again = Recommender(methods=model.methods).fit(shuffled, TOWNS, GOODS, now=NOW)
    assert store.version(again) == store.version(model)


def test_batches_change_nothing(model: Recommender, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [f"c{n}" for n in range(40)] + ["nobody"]
    whole = model.recommend(asked, 5, exclude_seen=False, new_items=1)
    monkeypatch.setattr("tenure.models.recommend.listing.CUSTOMERS_AT_ONCE", 7)
    pd.testing.assert_frame_equal(model.recommend(asked, 5, exclude_seen=False, new_items=1), whole)


def test_without_times_ease_answers_and_says_that_it_was_not_judged() -> None:
    with pytest.warns(DegenerateData, match="could not be judged"):
        model = Recommender().fit(SHOPPERS[["customer", "item"]])
    found = model.recommend(["c3"], 5, exclude_seen=False)
    assert (model.method_, model.evaluation_, model.horizon_days) == ("ease", None, None)
    assert set(found.reason[found.again]) <= {"before"}


def test_numbers_as_ids_and_quantities_as_weights_are_fine() -> None:
    table = pd.DataFrame({
        "customer": SHOPPERS.customer.str[1:].astype(int),
        "item": SHOPPERS["item"].str[1:].astype(int),
        "time": SHOPPERS.time,
        "weight": np.arange(len(SHOPPERS)) % 4 - 0.5,  # some came back
    })  # fmt: skip
    found = Recommender("item_knn").fit(table).recommend([3, 4], 4)
    assert found["item"].dtype == np.int64
    assert len(found) == 8


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Recommender("magic").fit(SHOPPERS),
        lambda: Recommender().fit(SHOPPERS, now="2025-06-01"),
        lambda: Recommender().fit(SHOPPERS, customers=pd.DataFrame({"who": [1]})),
    ],
)
def test_what_cannot_be_is_refused(wrong: object) -> None:
    with pytest.raises(UnusableInput):
        wrong()  # type: ignore[operator]
