"""Recommendations as a client of the API meets them."""

import json
from datetime import UTC, datetime

import pyarrow as pa
import pytest

from tenure.app.wiring import Stores
from tenure.decisions.recommendations import service
from tenure.decisions.recommendations.service import Made
from tenure.kit.db import transaction
from tenure.kit.i18n import Text
from tests.app.pipelines import workspaces
from tests.directory.make import Browser, owner

FACTS: dict[str, object] = {
    "method": "ease",
    "horizon_days": 90.0,
    "judged": None,
    "coverage": {"customers": 1, "products": 2, "recommended": 2},
}
WORDS = {
    "because": Text("Because they bought {item}", "因为买过{item}"),
    "once": Text("Bought on {date}", "曾于 {date} 购买"),
}
LIST = """[{"product": "tea", "chance": 0.2, "again": false, "reason": "because", "because": "cup"},
{"product": "cup", "chance": 0.1, "again": true, "reason": "once", "date": "2026-01-02"},
{"product": "sold out", "chance": 0.1, "again": false, "reason": "because", "because": "cup"}]"""


@pytest.fixture(scope="module")
def browser(stores: Stores) -> Browser:
    workspaces.know(stores, [{"customer_id": "C1", "name": "Lin"}, {"customer_id": "C2", "name": "Wu"}])
    return owner(stores)


@pytest.fixture
def kept(stores: Stores, browser: Browser) -> Browser:
    products = {
        "product_id": ["tea", "cup"],
        "name": ["Green tea", "Cup"],
        "category": ["tea", None],
        "price": [39.0, None],
    }
    with transaction(stores.engine) as session:
        lists = [pa.record_batch({"customer_id": ["C1"], "items": [LIST]})]
        assert service.keep_lists(session, pa.RecordBatch.from_pydict(products), lists) == 1
        service.keep_run(session, Made(datetime(2026, 1, 3), datetime(2026, 1, 3, tzinfo=UTC), FACTS, WORDS))
    return browser


def test_before_anything_was_computed_a_list_is_empty_and_the_facts_are_not_there(
    stores: Stores, browser: Browser
) -> None:
    with transaction(stores.engine) as session:
        service.forget(session)
    assert browser.get("/customers/C1/recommendations").json()["items"] == []
    assert browser.get("/recommendations").status_code == 404


def test_a_list_comes_with_names_prices_and_whole_reasons(kept: Browser) -> None:
    told = kept.get("/customers/C1/recommendations").json()
    assert (told["as_of"], told["method"], told["horizon_days"]) == ("2026-01-03T00:00:00Z", "ease", 90.0)
    tea, cup = told["items"]  # what is no product any more is not shown
    assert tea["product"] == {"id": "tea", "name": "Green tea", "category": "tea", "price": 39.0}
    assert tea["reason"] == {"en": "Because they bought Cup", "zh": "因为买过Cup"}
    assert (tea["kind"], tea["because"]["id"], cup["kind"], cup["because"]) == ("new", "cup", "again", None)
    assert cup["reason"]["en"] == "Bought on 2026-01-02"


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("exclude_owned=true", ["tea"]),
        ("category=tea", ["tea"]),
        ("category=coffee", []),
        ("max_price=40", ["tea"]),  # a price that is not known passes no limit
        ("max_price=10", []),
        ("limit=1", ["tea"]),
    ],
)
def test_filters_leave_out_what_is_not_wanted(kept: Browser, asked: str, shown: list[str]) -> None:
    items = kept.get(f"/customers/C1/recommendations?{asked}").json()["items"]
    assert [one["product"]["id"] for one in items] == shown


def test_a_short_list_holds_both_what_is_bought_again_and_what_is_new(stores: Stores, kept: Browser) -> None:
    kinds = "aaaaaann"  # likeliest first
    rows = [
        {
            "product": f"p{place}",
            "chance": 0.9 - place / 10,
            "again": kind == "a",
            "reason": "once",
            "date": "2026-01-02",
        }
        for place, kind in enumerate(kinds)
    ]
    ids = [str(row["product"]) for row in rows]
    products = {"product_id": ids, "name": ids, "category": [None] * len(ids), "price": [None] * len(ids)}
    with transaction(stores.engine) as session:
        lists = [pa.record_batch({"customer_id": ["C1"], "items": [json.dumps(rows)]})]
        service.keep_lists(session, pa.RecordBatch.from_pydict(products), lists)
        service.keep_run(session, Made(datetime(2026, 1, 3), datetime(2026, 1, 3, tzinfo=UTC), FACTS, WORDS))
    for limit, shown in [(1, "p0"), (2, "p0 p6"), (4, "p0 p1 p6 p7"), (6, "p0 p1 p2 p3 p6 p7"), (20, " ".join(ids))]:
        items = kept.get(f"/customers/C1/recommendations?limit={limit}").json()["items"]
        assert [one["product"]["id"] for one in items] == shown.split()


def test_a_customer_without_a_list_has_an_empty_one_and_a_stranger_none(kept: Browser) -> None:
    assert kept.get("/customers/C2/recommendations").json()["items"] == []
    assert kept.get("/customers/nobody/recommendations").status_code == 404
    assert kept.get("/recommendations").json()["coverage"]["products"] == 2
