"""E-commerce events of Segment's specification become orders, lines and returns."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from tenure.app.pipelines.meet_people import meet_people
from tenure.app.wiring import Stores
from tenure.directory.workspace import service as workspace
from tenure.kit.db import transaction
from tests.directory.make import owner
from tests.sources.tracking.make import landed, sent, track, write_key

SHIRT = {"product_id": "p1", "name": "Shirt", "category": "Wear", "price": 20, "quantity": 2}
SOCKS = {"sku": "s9", "name": "Socks", "price": "5.50"}
BOUGHT = {"order_id": "o1", "total": 47.5, "currency": "USD", "coupon": "SPRING", "products": [SHIRT, SOCKS]}


@pytest.fixture
def key(fresh_stores: Stores) -> str:
    return write_key(owner(fresh_stores))


def tell(stores: Stores, key: str, event: str, properties: dict[str, Any], **more: Any) -> None:
    """Send one event and carry it to the lake."""
    call = track(event, properties=properties, **{"timestamp": "2026-03-01T10:00:00Z", **more})
    answer = sent(stores, key, "track", call)
    assert answer.json()["accepted"] == 1, answer.text
    landed(stores)


def rows(stores: Stores, table: str = "orders") -> list[dict[str, Any]]:
    """Return a table of the lake in the order of its keys."""
    found: list[dict[str, Any]] = stores.lake.read(stores.lake.table(table)).to_pylist()
    return sorted(found, key=lambda row: str(next(iter(row.values()))))


def broken(stores: Stores) -> list[tuple[str, str, int]]:
    """Return the violations: event, code, how many."""
    with stores.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT event, code, count FROM tracking_violations ORDER BY 1, 2")
        return [tuple(row) for row in found]


def test_a_completed_order_is_an_order_with_its_lines(fresh_stores: Stores, key: str) -> None:
    tell(fresh_stores, key, "Order Completed", BOUGHT)
    order = rows(fresh_stores)[0]
    assert (order["order_id"], order["customer_id"], order["kind"], order["status"]) == ("o1", "ann", "sale", "paid")
    assert (order["amount"], order["currency"], order["quantity"]) == (Decimal("47.5000"), "USD", 3.0)
    assert (order["coupon"], order["ordered_at"]) == ("SPRING", datetime(2026, 3, 1, 10))
    lines = {line["product_id"]: line for line in rows(fresh_stores, "order_items")}
    assert (lines["p1"]["amount"], lines["p1"]["unit_price"], lines["p1"]["quantity"]) == (40, 20, 2.0)
    assert (lines["s9"]["amount"], lines["s9"]["product_name"]) == (Decimal("5.5"), "Socks")
    with transaction(fresh_stores.engine) as session:
        assert workspace.read(session).currency == "USD"


def test_the_same_order_again_is_the_same_order(fresh_stores: Stores, key: str) -> None:
    tell(fresh_stores, key, "Order Completed", BOUGHT)
    tell(fresh_stores, key, "Order Completed", BOUGHT, messageId="again")
    assert len(rows(fresh_stores)) == 1
    assert len(rows(fresh_stores, "order_items")) == 2
    tell(fresh_stores, key, "Order Updated", {**BOUGHT, "total": 42, "products": [SHIRT]})
    assert [row["amount"] for row in rows(fresh_stores)] == [42]
    assert [line["product_id"] for line in rows(fresh_stores, "order_items")] == ["p1"]


def test_without_a_total_the_products_make_it(fresh_stores: Stores, key: str) -> None:
    tell(fresh_stores, key, "Order Completed", {"order_id": 7, "discount": 3, "products": [SHIRT, SOCKS]})
    order = rows(fresh_stores)[0]
    assert (order["order_id"], order["amount"], order["discount"]) == ("7", Decimal("42.5"), 3)


def test_a_cancelled_order_stays_but_counts_no_more(fresh_stores: Stores, key: str) -> None:
    tell(fresh_stores, key, "Order Completed", BOUGHT)
    tell(fresh_stores, key, "Order Cancelled", {"order_id": "o1"})
    order = rows(fresh_stores)[0]
    assert (order["status"], order["amount"], order["coupon"]) == ("cancelled", Decimal("47.5"), "SPRING")


def test_a_refund_gives_back_the_whole_order_or_what_it_names(fresh_stores: Stores, key: str) -> None:
    tell(fresh_stores, key, "Order Completed", BOUGHT)
    tell(fresh_stores, key, "Order Refunded", {"order_id": "o1", "products": [SOCKS], "total": 5.5})
    tell(fresh_stores, key, "Order Refunded", {"order_id": "o1", "products": [SOCKS], "total": 5.5}, messageId="again")
    tell(fresh_stores, key, "Order Completed", {**BOUGHT, "order_id": "o2"})
    tell(fresh_stores, key, "Order Refunded", {"order_id": "o2"})
    returns = [row for row in rows(fresh_stores) if row["kind"] == "return"]
    assert [row["amount"] for row in returns] == [Decimal("-5.5"), Decimal("-47.5")]
    back = [line for line in rows(fresh_stores, "order_items") if line["order_id"] == "o2/refund"]
    assert sorted(line["amount"] for line in back) == [-40, Decimal("-5.5")]
    assert sorted(line["quantity"] for line in back) == [-2, -1]


def test_what_cannot_become_an_order_is_told(fresh_stores: Stores, key: str) -> None:
    tell(fresh_stores, key, "Order Completed", BOUGHT)
    tell(fresh_stores, key, "Order Completed", {**BOUGHT, "order_id": "o2", "currency": "EUR"})
    tell(fresh_stores, key, "Order Completed", {"order_id": "o3"})
    tell(fresh_stores, key, "Order Completed", {"total": 5})
    tell(fresh_stores, key, "Order Refunded", {"order_id": "never seen"})
    assert [row["order_id"] for row in rows(fresh_stores)] == ["o1"]
    assert len(landed(fresh_stores)) == 5
    assert broken(fresh_stores) == [
        ("Order Completed", "missing_property", 1),
        ("Order Completed", "missing_property", 1),
        ("Order Completed", "other_currency", 1),
        ("Order Refunded", "unknown_order", 1),
    ]


def test_an_order_of_a_visitor_is_nobodys_until_known(fresh_stores: Stores, key: str) -> None:
    call = {"type": "track", "event": "Order Completed", "anonymousId": "v1", "properties": BOUGHT}
    assert sent(fresh_stores, key, "track", call).json()["accepted"] == 1
    landed(fresh_stores)
    assert [row["customer_id"] for row in rows(fresh_stores)] == [None]
    sent(fresh_stores, key, "identify", {"userId": "ann", "anonymousId": "v1"})
    meet_people(fresh_stores)
    landed(fresh_stores)
    assert [row["customer_id"] for row in rows(fresh_stores)] == ["ann"]
    assert {line["customer_id"] for line in rows(fresh_stores, "order_items")} == {"ann"}
    assert [row["name"] for row in landed(fresh_stores)] == ["Order Completed"]


def test_numbers_no_shop_has_spoil_nothing(fresh_stores: Stores, key: str) -> None:
    huge = {"order_id": "o1", "products": [{"price": 9e12, "quantity": 1e12}], "total": 5}
    tell(fresh_stores, key, "Order Completed", huge)
    tell(fresh_stores, key, "Order Completed", {**BOUGHT, "order_id": "o2"})
    assert [row["order_id"] for row in rows(fresh_stores)] == ["o2"]
    assert broken(fresh_stores) == [("Order Completed", "bad_number", 1)]
