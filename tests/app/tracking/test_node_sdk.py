"""Segment's own SDK for Node against a real server: nothing but the host is changed."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tenure.app import wiring
from tenure.app.pipelines.move_tracking import move_tracking
from tenure.app.settings import Settings
from tenure.app.wiring import Stores
from tenure.directory.customers.profile.repository import profile
from tenure.directory.customers.tables import Customer
from tenure.kit.db import transaction
from tenure.kit.errors import NotFound
from tests.app.tracking.serving import new_key, served

WEB = Path(__file__).resolve().parents[3] / "web"
PATIENCE = 30  # seconds
NODE = Path(sys.prefix) / "bin" / "node"
PROGRAM = """
import { Analytics } from "@segment/analytics-node";
const [writeKey, host] = process.argv.slice(1);
const analytics = new Analytics({ writeKey, host });
analytics.on("error", (error) => { console.error(error); process.exitCode = 1; });
analytics.identify({ userId: "nora", traits: { email: "nora@mail.test", name: "Nora", plan: "gold" } });
analytics.page({ userId: "nora", name: "Home" });
analytics.track({ userId: "nora", event: "Order Completed", properties: { order_id: "n-1", total: 30, currency: "EUR",
  products: [{ product_id: "p-1", price: 15, quantity: 2 }] } });
for (let number = 0; number < 500; number++) analytics.track({ userId: "n" + (number % 7), event: "Counted", properties: { number } });
await analytics.closeAndFlush();
"""


def known(stores: Stores, customer_id: str) -> Customer | None:
    """Return what the directory knows of a customer, if it knows them."""
    try:
        with transaction(stores.engine) as session:
            return profile(session, customer_id).customer
    except NotFound:
        return None


def test_every_call_reaches_the_lake_and_the_directory(new_settings: Callable[[], Settings], tmp_path: Path) -> None:
    if not (WEB / "node_modules" / "@segment" / "analytics-node").exists():
        pytest.skip("the web packages are not installed: `python3 run.py setup` does it")
    settings = new_settings()
    with (
        wiring.stores(settings, wiring.create_workspace(settings, "shop")) as stores,
        served(settings, tmp_path / "server.log") as server,
    ):
        command: list[str | Path] = [NODE, "--input-type=module", "-e", PROGRAM, new_key(stores), server.url]
        said = subprocess.run(command, cwd=WEB, capture_output=True, text=True, timeout=120, check=False)
        assert (said.returncode, said.stderr) == (0, "")
        move_tracking(stores)
        events = stores.lake.table("events")
        counted = events.filter(events.name == "Counted")
        numbers = counted.aggregate(rows=counted.count(), ids=counted.event_id.nunique())
        assert stores.lake.read(numbers).to_pylist() == [{"rows": 500, "ids": 500}]
        orders = stores.lake.table("orders")
        assert stores.lake.read(orders.select("order_id", "customer_id")).to_pylist() == [
            {"order_id": "n-1", "customer_id": "nora"}
        ]
        deadline = time.monotonic() + PATIENCE
        while (nora := known(stores, "nora")) is None:  # the server meets people by itself
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert (nora.name, nora.email, nora.attributes) == ("Nora", "nora@mail.test", {"plan": "gold"})
