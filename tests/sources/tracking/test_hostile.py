"""Whatever an application sends is taken or refused; it never holds up what others send."""

import json
from typing import Any

import pytest

from tenure.app.pipelines.meet_people import meet_people
from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.kit.stream import repository as stream
from tests.directory.make import owner
from tests.sources.tracking.make import landed, sent, track, write_key

DEEP: Any = "x"
for _ in range(40):
    DEEP = {"in": DEEP}
ODD: dict[str, Any] = {
    "nul": "a\x00b", "half": "\ud83d", "huge": 10**400, "tiny": -(10**400), "wide": 1.7e308, "no": None, "": "empty",
    " ": " ", "long" * 100: "y" * 10_000, "deep": DEEP, "list": [[1, [2]], {"a": 1}, None], "yes": True, "\x00": 1,
    "\ud83d": "half a name", "price": "12,5", "quantity": "many", "duration": -1, "session_id": {"a": 1}, "url": [1],
}  # fmt: skip
CALLS: dict[str, dict[str, Any]] = {
    "odd properties": track("Odd", properties=ODD),
    "the same name twice": track("Twice", properties={"a.b": 1, "a": {"b": 2}, "campaign.source": "x"},
                                 context={"campaign": {"source": "y"}}),
    "a page as analytics.js tells it": {"type": "page", "userId": "ann", "name": "Home", "properties": {"name": "Home"}},
    "odd names": track("a\x00b\ud83d"),
    "odd ids": track("Id", user="a\x00\ud83d"),
    "odd message": track("Message", messageId="\x00\ud83d"),
    "first year": track("Old", timestamp="0001-01-01T00:00:00+14:00"),
    "last year": track("Late", timestamp="9999-12-31T23:59:59-12:00"),
    "not a time": track("When", timestamp=10**30),
    "odd traits": {"type": "identify", "userId": "ann", "traits": ODD | {"birthday": "0000-13-99", "createdAt": 1e308,
                   "email": "\x00@\ud83d", "phone": "\x00", "name": {"a": 1}, "address": [], "company": 5}},
    "traits that are one": {"type": "identify", "userId": "bea", "traits": {"a.b": 1, "a": {"b": 2}, " a.b": 3, "x": "1"}},
    "an odd group": {"type": "group", "userId": "ann", "groupId": "\x00", "traits": ODD | {"id": 4}},
    "an odd order": track("Order Completed", properties={"order_id": "\x00\ud83d", "total": 10**400, "currency": "??",
                          "products": [ODD, 5, None, {"product_id": 1, "price": -1, "quantity": 10**30}]}),
    "an order without sense": track("Order Completed", properties={"order_id": [1], "total": "NaN", "products": {"a": 1}}),
    "an odd refund": track("Order Refunded", properties={"order_id": "o-1", "total": -5, "products": "all"}),
    "odd context": track("Context", context={"page": {"path": ["x"]}, "campaign": {"source": ODD}, "device": {"type": 5},
                         "os": {"name": ODD}, "library": "x", "sessionId": ODD}),
}  # fmt: skip


@pytest.fixture(scope="module")
def key(stores: Stores) -> str:
    return write_key(owner(stores))


@pytest.mark.parametrize("what", CALLS)
def test_it_is_taken_or_refused_and_the_next_event_lands(stores: Stores, key: str, what: str) -> None:
    well = track(f"Well after {what}", user="zoe")
    answer = sent(stores, key, "batch", json.dumps({"batch": [CALLS[what], well]}).encode())
    assert answer.status_code in (202, 400), answer.text
    if answer.status_code == 400:  # nothing of it is taken, and it is said why
        assert sent(stores, key, "batch", {"batch": [well]}).status_code == 202
    meet_people(stores)
    assert well["event"] in {row["name"] for row in landed(stores)}
    with transaction(stores.engine) as session:
        assert stream.pressure(session, "@set_aside")[0] == 0
        assert stream.pressure(session, "@tracking")[0] == stream.pressure(session, "@people")[0] == 0
