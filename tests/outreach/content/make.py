"""A shop with two customers, and messages for them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text

from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tests.directory.make import Browser
from tests.features.make import add, add_orders

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
MJML = """<mjml><mj-body><mj-section><mj-column>
<mj-text>{{ customer.name }}, {{ orders.count }} orders, first {{ orders.first_at | date }}</mj-text>
<mj-button href="https://shop.example.com/?c={{ customer.id | url_encode }}">Go</mj-button>
</mj-column></mj-section></mj-body></mjml>"""
HELLO = {
    "name": "Hello",
    "channels": {
        "email": {
            "en": {"subject": "Hello {{ customer.name }}", "mjml": MJML},
            "zh": {"subject": "{{ customer.name }}，您好", "mjml": MJML.replace("orders, first", "笔订单，首单")},
        },
        "sms": {"zh": {"text": "{{ customer.name }}，您有 {{ points.balance | number }} 积分"}},
    },
}


def shop(stores: Stores) -> None:
    """Ann reads Chinese, bought twice and has points; Bob's name, language and orders are not known."""
    with transaction(stores.engine) as session:
        session.execute(
            text("""INSERT INTO customers (id, name, email, phone, language, source, created_at, updated_at) VALUES
                    ('ann', '<b>Ann & Co', 'ann@shop.test', '+8613800000001', 'zh-CN', 'test', :now, :now),
                    ('bob', NULL, 'bob@shop.test', '+8613800000002', NULL, 'test', :now, :now)"""),
            {"now": NOW},
        )
        session.execute(
            text("""INSERT INTO customer_summaries (customer_id, orders, revenue, first_order_at, last_order_at,
                                                    usual_gap_days, tier, as_of)
                    VALUES ('ann', 3, 60, '2026-01-10', '2026-02-20', 20, 'A', :now), ('bob', 0, 0, NULL, NULL, NULL, 'C', :now)"""),
            {"now": NOW},
        )
        session.execute(
            text("""INSERT INTO consents (customer_id, purpose, channel, state, at, source)
                    SELECT id, 'marketing', 'any', 'granted', :now, 'test' FROM customers"""),
            {"now": NOW - timedelta(days=9)},
        )
    days = [datetime(2026, 1, 10), datetime(2026, 2, 1), datetime(2026, 2, 20)]
    add_orders(stores.lake, [("ann", day, 20.0) for day in days])
    add(stores.lake, "points", {
        "entry_id": ["e1", "e2"], "customer_id": ["ann", "ann"], "booked_at": [days[0], days[1]],
        "kind": ["earn", "redeem"], "points": [2000.0, -500.0],
    })  # fmt: skip


def message(browser: Browser, **facts: Any) -> str:
    """Make and publish a message; returns its id."""
    made = browser.post("/messages", json={**HELLO, **facts})
    assert made.status_code == 201, made.text
    published = browser.post(f"/messages/{made.json()['id']}/publish")
    assert published.status_code == 200, published.text
    return str(made.json()["id"])
