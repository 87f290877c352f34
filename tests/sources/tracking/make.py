"""A write key, calls and what became of them, for tests of tracking."""

import base64
from dataclasses import replace
from typing import Any

from tenure.app.pipelines.move_tracking import move_tracking
from tenure.app.wiring import Stores
from tenure.kit.clock import Clock
from tests.directory.make import Browser, stranger


def write_key(by: Browser, name: str = "web shop", **more: object) -> str:
    """Make a write key with plenty of room; returns its secret."""
    made = by.post("/tracking/keys", json={"name": name, "per_second": 1_000_000, **more})
    assert made.status_code == 201, made.text
    return str(made.json()["secret"])


def basic(key: str) -> dict[str, str]:
    """Return the header that carries a write key."""
    return {"Authorization": "Basic " + base64.b64encode(f"{key}:".encode()).decode()}


def sent(stores: Stores, key: str, call: str, body: object, **more: Any) -> Any:
    """Send a call; returns the answer."""
    visitor = stranger(stores, more.pop("clock", None))
    headers = basic(key) | more.pop("headers", {})
    url = f"http://testserver/v1/{call}"
    if isinstance(body, bytes):
        return visitor.post(url, content=body, headers=headers, **more)
    return visitor.post(url, json=body, headers=headers, **more)


def track(event: str = "Seen", user: str = "ann", **more: object) -> dict[str, object]:
    """Return a track call."""
    return {"type": "track", "event": event, "userId": user, **more}


def landed(stores: Stores, clock: Clock | None = None, table: str = "events") -> list[dict[str, Any]]:
    """Carry everything to the lake; returns a table's rows in the order of their time."""
    move_tracking(stores if clock is None else replace(stores, clock=clock))
    rows: list[dict[str, Any]] = stores.lake.read(stores.lake.table(table)).to_pylist()
    return sorted(rows, key=lambda row: (row.get("occurred_at") or row.get("ordered_at"), row.get("event_id")))
