"""The timeline of a customer, and identities that are the same in both stores."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest

from tenure.app.wiring import Stores
from tenure.audiences.profile import service
from tenure.warehouse.history import History
from tenure.warehouse.schema import CONTRACTS
from tests.directory.customers.make import bring
from tests.directory.make import Browser, TickingClock, owner

START = datetime(2026, 1, 1)


def put(stores: Stores, name: str, *rows: dict[str, object]) -> None:
    """Append rows to a lake table; what is not given is empty."""
    contract = CONTRACTS[name]
    known = {"source": "test", "recorded_at": START}
    full = [{column: {**known, **row}.get(column) for column in contract.names} for row in rows]
    stores.lake.append(name, pa.Table.from_pylist(full, schema=contract.schema().to_pyarrow()))


def day(number: float) -> datetime:
    """Return a moment some days after the start."""
    return START + timedelta(days=number)


def fill(stores: Stores) -> None:
    """Let something of every kind happen to one customer, and an order to another."""
    who = {"customer_id": "a"}
    order = {"status": "paid", "amount": 10, "currency": "CNY"}
    put(
        stores,
        "orders",
        {**who, **order, "order_id": "o1", "ordered_at": day(1), "kind": "sale"},
        {**who, **order, "order_id": "o2", "ordered_at": day(2), "kind": "return"},
        {**order, "customer_id": "b", "order_id": "o3", "ordered_at": day(3), "kind": "sale", "status": "cancelled"},
        {**who, **order, "order_id": "future", "ordered_at": day(9999), "kind": "sale"},
    )
    line = {**who, "order_id": "o1", "ordered_at": day(1), "kind": "sale", "amount": 1}
    names = ("Tea", "Cup", "Pot", "Tray", "Tea")
    put(
        stores,
        "order_items",
        *({**line, "order_item_id": f"i{n}", "product_name": name} for n, name in enumerate(names)),
    )
    put(stores, "payments", {**who, "payment_id": "p1", "paid_at": day(4), "amount": 10, "status": "failed"})
    put(
        stores,
        "subscriptions",
        {
            **who,
            "period_id": "s1",
            "subscription_id": "s",
            "plan": "Pro",
            "started_at": day(5),
            "ended_at": day(6),
            "end_reason": "cancelled",
            "monthly_amount": 5,
        },
    )
    visit = {**who, "session_id": "v1", "duration_seconds": 90.0}
    put(
        stores,
        "events",
        {**visit, "event_id": "e1", "occurred_at": day(7), "name": "open"},
        {**visit, "event_id": "e2", "occurred_at": day(7.01), "name": "buy"},
    )
    put(stores, "tickets", {**who, "ticket_id": "t1", "opened_at": day(8), "topic": "Refund", "text": "Where is it?"})
    put(
        stores,
        "feedback",
        {**who, "feedback_id": "f1", "answered_at": day(9), "kind": "nps", "score": 3.0, "text": "太慢"},
    )
    put(stores, "messages", {**who, "message_id": "m1", "sent_at": day(10), "channel": "email", "opened_at": day(11)})
    put(stores, "points", {**who, "entry_id": "l1", "booked_at": day(12), "kind": "redeem", "points": -50.0})
    model = {"model": "m", "model_version": "1", "snapshot": 1}
    score = {**who, **model, "name": "churn_risk"}
    put(
        stores,
        "scores",
        {**score, "score_id": "c0", "as_of": day(13), "value": 0.62},
        {**score, "score_id": "c1", "as_of": day(13.4), "value": 0.63},
        {**score, "score_id": "c2", "as_of": day(13.2), "value": 0.61},
    )


@pytest.fixture(scope="module")
def desk(stores: Stores) -> Browser:
    """A browser of the owner of a shop where one customer did everything once."""
    bring(stores, [{"customer_id": "a", "name": "Ann"}, {"customer_id": "b", "name": "Bob"}])
    fill(stores)
    return owner(stores, TickingClock())


def pages(desk: Browser, customer: str, limit: int) -> Iterator[list[dict[str, Any]]]:
    """Turn all pages of a timeline."""
    cursor: str | None = None
    while True:
        answer = desk.get(
            f"/customers/{customer}/timeline", params={"limit": limit, **({"cursor": cursor} if cursor else {})}
        )
        assert answer.status_code == 200, answer.text
        yield answer.json()["items"]
        cursor = answer.json()["next_cursor"]
        if cursor is None:
            return


def test_the_timeline_tells_everything_newest_first_in_both_languages(desk: Browser) -> None:
    items = [item for page in pages(desk, "a", 50) for item in page]
    assert [item["title"]["en"] for item in items] == [
        "Added by test",
        "Churn risk 63%",
        "Redeemed 50 points",
        "Message: e-mail",
        "Would recommend us: 3 of 10",
        "Ticket: Refund",
        "Visit: buy, open",
        "Subscription cancelled: Pro",
        "Subscription started: Pro",
        "Payment failed",
        "Return o2",
        "Order o1",
    ]
    by_kind = {item["kind"]: item for item in items}
    assert by_kind["order"]["detail"] == {"en": "Cup, Pot, Tea …", "zh": "Cup, Pot, Tea …"}
    assert by_kind["event"]["detail"]["zh"] == "2 次行为，3 分钟"
    assert by_kind["message"]["detail"]["en"] == "Opened"
    assert (by_kind["order"]["amount"], by_kind["order"]["at"]) == (10.0, "2026-01-02T00:00:00Z")


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_pages_of_the_timeline_show_everything_once(desk: Browser, limit: int) -> None:
    whole = next(pages(desk, "a", 50))
    assert [item for page in pages(desk, "a", limit) for item in page] == whole
    assert desk.get("/customers/a/timeline", params={"cursor": "WyJ4IiwieSJd"}).status_code == 422
    assert desk.get("/customers/nobody/timeline").status_code == 404


def test_a_merge_joins_the_timelines_and_the_lake_and_an_unmerge_parts_them(stores: Stores, desk: Browser) -> None:
    def sales_of(customer: str) -> int:
        orders = History(stores.lake, datetime(2026, 6, 1, tzinfo=UTC)).table("orders")
        return stores.lake.read(orders.filter(orders.customer_id == customer)).num_rows

    assert (sales_of("a"), sales_of("b")) == (2, 1)
    made = desk.post("/customers/a/merge", json={"other_id": "b"})
    assert made.status_code == 201
    titles = [item["title"]["en"] for item in next(pages(desk, "b", 50))]
    assert "Merged with b" in titles
    assert "Order o3, cancelled" in titles
    assert "Order o1" in titles
    assert (sales_of("a"), sales_of("b")) == (3, 0)
    desk.post("/customers/a/unmerge", json=made.json())
    assert (sales_of("a"), sales_of("b")) == (2, 1)
    assert [item["title"]["en"] for item in next(pages(desk, "b", 50))] == ["Added by test", "Order o3, cancelled"]
    acts = [entry["act"] for entry in desk.get("/audit").json()["items"][:2]]
    assert acts == ["customers.unmerge", "customers.merge"]


def test_links_a_crash_left_behind_are_made_good(stores: Stores, desk: Browser) -> None:
    link = {"customer_id": "b", "canonical_id": "a", "linked_at": day(1)}
    put(stores, "customer_links", link)
    service.carry_links(stores.engine, stores.lake, datetime(2026, 6, 1, tzinfo=UTC))
    links = stores.lake.table("customer_links")
    assert stores.lake.read(links).num_rows == 0
    assert desk.get("/customers/b").json()["id"] == "b"
