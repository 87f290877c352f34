"""Order lines become lists: for everybody, of what is still sold, none of it from the future."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from tenure.app.pipelines.recommend_products import recommend_products
from tenure.app.wiring import Stores
from tenure.decisions.recommendations import schemas, service
from tenure.decisions.recommendations.schemas import CustomerRecommendations
from tenure.decisions.recommendations.service import Wanted
from tenure.kit.db import transaction
from tenure.models.recommend.sittings import made_up_shoppers
from tenure.warehouse.history import History
from tests.app.pipelines import workspaces
from tests.features import make

AS_OF = datetime(2026, 1, 1)


def fill(stores: Stores) -> None:
    """A shop with 600 customers who have tastes, one product long gone, and one customer who has bought nothing."""
    taken = made_up_shoppers(600)
    lines = pa.table({
        "order_item_id": [f"l{n}" for n in range(len(taken))],
        "order_id": [f"o{n}" for n in range(len(taken))],
        "customer_id": taken.customer,
        "ordered_at": pa.array(taken.time.astype("datetime64[us]"), pa.timestamp("us")),
        "kind": ["sale"] * len(taken),
        "product_id": taken["item"],
        "product_name": "Line of " + taken["item"],
        "category": "third " + taken["item"].str[1],
        "unit_price": taken["item"].str[1:].astype(float) + 1,
        "amount": np.ones(len(taken)),
    })  # fmt: skip
    make.add(stores.lake, "order_items", lines)
    gone = {"order_item_id": ["x"], "order_id": ["x"], "customer_id": ["c0"], "kind": ["sale"], "amount": [1.0]}
    at = pa.array([datetime(2024, 1, 1)], pa.timestamp("us"))
    make.add(stores.lake, "order_items", {**gone, "ordered_at": at, "product_id": ["gone"], "product_name": ["Gone"]})
    make.add(stores.lake, "products", {"product_id": ["i00"], "name": ["Jasmine tea"], "price": [39.0]})
    known: list[dict[str, object]] = [{"customer_id": f"c{n}", "name": f"C{n}"} for n in range(601)]
    workspaces.know(stores, known)
    make.add(stores.lake, "customers", {"customer_id": [f"c{n}" for n in range(601)], "city": ["Bath"] * 601})


@pytest.fixture(scope="module")
def shop(stores: Stores) -> Stores:
    fill(stores)
    recommend_products(stores, History(stores.lake, AS_OF))
    return stores


def shown(stores: Stores, customer: str, wanted: Wanted = Wanted()) -> CustomerRecommendations:  # noqa: B008
    with transaction(stores.engine) as session:
        return CustomerRecommendations.of(service.of_customer(session, customer, wanted))


def test_everybody_has_a_list_of_what_is_still_sold(shop: Stores) -> None:
    with transaction(shop.engine) as session:
        told = schemas.Recommendations.made(service.made(session))
    assert told.coverage.customers == 601
    assert (told.coverage.products, told.coverage.recommended) == (31, 30)
    assert told.as_of == AS_OF.replace(tzinfo=UTC)
    for customer in ("c0", "c7", "c600"):
        found = shown(shop, customer)
        assert len(found.items) == 10
        assert "gone" not in {one.product.id for one in found.items}


def test_the_contest_is_told_with_its_intervals(shop: Stores) -> None:
    with transaction(shop.engine) as session:
        judged = schemas.Recommendations.made(service.made(session)).judged
    assert judged is not None
    assert judged.gain.low > 0
    assert judged.new.recall_low < judged.new.recall < judged.new.recall_high
    assert {trial.method for trial in judged.trials} == {"popularity", "item_knn", "ease", "implicit_als"}
    assert judged.split.replace(tzinfo=None) < AS_OF


def test_reasons_and_chances_come_with_every_product(shop: Stores) -> None:
    found = shown(shop, "c7")
    assert found.horizon_days is not None
    assert [one.chance for one in found.items] == sorted((one.chance for one in found.items), key=lambda c: -(c or 0))
    for one in found.items:
        assert one.reason.en.startswith(("Because they bought ", "Bought ", "Popular with "))
        assert "{" not in one.reason.en + one.reason.zh
        assert (one.because is not None) == one.reason.en.startswith("Because")
        if one.because is not None:
            assert one.because.name in one.reason.zh


def test_products_are_called_and_priced_as_the_list_of_products_says(shop: Stores) -> None:
    products = {one.product.id: one.product for n in range(0, 60, 3) for one in shown(shop, f"c{n}").items}
    assert (products["i00"].name, products["i00"].price) == ("Jasmine tea", 39.0)
    assert (products["i01"].name, products["i01"].price, products["i01"].category) == ("Line of i01", 2.0, "third 0")


def test_filters_choose_from_the_list(shop: Stores) -> None:
    assert all(one.kind == "new" for one in shown(shop, "c7", Wanted(exclude_owned=True)).items)
    assert {one.kind for n in range(9) for one in shown(shop, f"c{n}").items} == {"new", "again"}
    cheap = shown(shop, "c7", Wanted(max_price=12)).items
    assert all(one.product.price is not None and one.product.price <= 12 for one in cheap)
    assert {one.product.category for one in shown(shop, "c7", Wanted(category="third 1")).items} == {"third 1"}
    assert len(shown(shop, "c7", Wanted(limit=3)).items) == 3


def test_nothing_from_after_the_instant_is_read(fresh_stores: Stores) -> None:
    fill(fresh_stores)
    recommend_products(fresh_stores, History(fresh_stores.lake, AS_OF - timedelta(days=90)))
    before = [shown(fresh_stores, f"c{n}") for n in range(20)]
    late = AS_OF - timedelta(days=90)
    fresh_stores.lake.delete("order_items", lambda rows: rows.ordered_at >= late)
    recommend_products(fresh_stores, History(fresh_stores.lake, late))
    assert [shown(fresh_stores, f"c{n}") for n in range(20)] == before


def test_without_order_lines_there_is_nothing(fresh_stores: Stores) -> None:
    workspaces.know(fresh_stores, [{"customer_id": "a", "name": "A"}])
    assert recommend_products(fresh_stores, History(fresh_stores.lake, AS_OF)) == 0
    assert shown(fresh_stores, "a") == CustomerRecommendations(as_of=None, method=None, horizon_days=None, items=[])
