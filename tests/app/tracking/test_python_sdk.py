"""Segment's own Python SDK against a real server: nothing but the host is changed."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from segment.analytics.client import Client  # type: ignore[import-untyped]

from tenure.app import wiring
from tenure.app.pipelines.move_stream import move_stream
from tenure.app.pipelines.move_tracking import move_tracking
from tenure.app.settings import Settings
from tenure.app.wiring import Stores
from tenure.audiences.profile.service import timeline
from tenure.directory.customers.erased.keys import ErasedKeys
from tenure.directory.customers.profile.repository import profile
from tenure.kit.db import transaction
from tenure.kit.errors import NotFound
from tests.app.tracking.serving import Served, new_key, served

SOON = 5.0  # seconds within which a customer's page tells of an event


@pytest.fixture(scope="module")
def shop(new_settings: Callable[[], Settings]) -> Iterator[tuple[Settings, Stores]]:
    settings = new_settings()
    with wiring.stores(settings, wiring.create_workspace(settings, "shop")) as stores:
        yield settings, stores


@pytest.fixture(scope="module")
def running(shop: tuple[Settings, Stores], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(shop[0], tmp_path_factory.mktemp("server") / "server.log") as started:
        yield started


@pytest.fixture
def stores(shop: tuple[Settings, Stores]) -> Stores:
    return shop[1]


def sdk(served_at: Served, stores: Stores, **more: Any) -> Client:
    """Return the SDK as a shop would set it up."""
    failures: list[object] = []
    return Client(new_key(stores), host=served_at.url, on_error=lambda error, _: failures.append(error), **more)


def soon(found: Callable[[], bool]) -> float:
    """Wait until something is so; returns the seconds it took."""
    begun = time.monotonic()
    while not found():
        assert time.monotonic() - begun < SOON
        time.sleep(0.05)
    return time.monotonic() - begun


def told_on_the_page(stores: Stores, customer: str) -> list[str]:
    """Return what a customer's timeline tells of events."""
    try:
        now = stores.clock.now() + timedelta(seconds=1)
        found, _ = timeline(stores.engine, stores.lake, customer, now, None, 50)
    except NotFound:
        return []
    return [str(one.what) for one in found if one.kind == "event"]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_every_call_reaches_the_lake_and_the_directory(running: Served, stores: Stores, packed: bool) -> None:
    user, visitor = f"user-{packed}", f"visitor-{packed}"
    shop = sdk(running, stores, gzip=packed)
    shop.track(anonymous_id=visitor, event="Looked", properties={"page": 1})
    shop.page(user, "Docs", "Home", {"path": "/home"})
    shop.screen(user, "Docs", "Start")
    shop.identify(user, {"email": f"{user}@mail.test", "name": "Ann", "plan": "gold", "visits": 3})
    shop.identify(user, {"city": "Berlin"}, anonymous_id=visitor)
    shop.track(user, "Bought", {"price": 3.5}, timestamp=datetime(2026, 3, 1, 9, tzinfo=UTC))
    shop.group(user, "acme", {"name": "Acme", "employees": 20})
    shop.alias(f"old-{visitor}", user)
    shop.track(anonymous_id=f"old-{visitor}", event="Came back")
    shop.flush()
    shop.join()

    def known() -> bool:
        try:
            with transaction(stores.engine) as session:
                return profile(session, user).customer.company == "Acme"
        except NotFound:
            return False

    soon(known)
    move_tracking(stores)
    move_stream(stores.engine, stores.lake, keys=ErasedKeys.derived(stores.secret))
    move_tracking(stores)
    events = stores.lake.table("events")
    rows = stores.lake.read(events.filter(events.customer_id == user)).to_pylist()
    assert sorted(row["name"] for row in rows) == ["Bought", "Came back", "Looked", "page_view", "screen_view"]
    with transaction(stores.engine) as session:
        ann = profile(session, user).customer
        assert (ann.name, ann.email, ann.city) == ("Ann", f"{user.lower()}@mail.test", "Berlin")
        assert ann.attributes == {"plan": "gold", "visits": 3, "company.id": "acme", "company.employees": 20}
    people = stores.lake.table("customers")
    in_the_lake = stores.lake.read(people.filter(people.customer_id == user)).to_pylist()[0]
    assert (in_the_lake["name"], in_the_lake["company"]) == ("Ann", "Acme")


def test_many_events_go_in_batches(running: Served, stores: Stores) -> None:
    shop = sdk(running, stores, upload_size=100, gzip=True)
    for number in range(1_000):
        shop.track(f"many-{number % 10}", "Counted", {"number": number})
    shop.flush()
    shop.join()
    move_tracking(stores)
    events = stores.lake.table("events")
    named = events.filter(events.name == "Counted")
    counted = named.aggregate(rows=named.count(), ids=named.event_id.nunique())
    assert stores.lake.read(counted).to_pylist() == [{"rows": 1_000, "ids": 1_000}]


def test_an_event_is_on_the_customers_page_within_seconds(running: Served, stores: Stores) -> None:
    shop = sdk(running, stores, upload_interval=0.1)
    shop.identify("quick", {"name": "Quick"}, anonymous_id="quick-visitor")
    shop.track("quick", "Clicked at once")
    shop.track(anonymous_id="quick-visitor", event="Looked around")
    shop.flush()
    took = soon(lambda: any("Clicked at once" in what for what in told_on_the_page(stores, "quick")))
    soon(lambda: any("Looked around" in what for what in told_on_the_page(stores, "quick")))
    print(f"on the page after {took:.2f} s")
    shop.join()


def test_the_sdk_hears_that_its_key_is_wrong(running: Served) -> None:
    heard: list[Any] = []
    shop = Client("wk_wrong", host=running.url, on_error=lambda error, _: heard.append(error), max_retries=1)
    shop.track("nobody", "Lost")
    shop.flush()
    shop.join()
    assert [(error.status, error.code) for error in heard] == [(401, "bad_key")]
