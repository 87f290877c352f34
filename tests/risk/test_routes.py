"""The overview, predictions and call list over HTTP: the shapes the web reads, before and after the first refresh."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
import pytest
from fastapi import FastAPI, Request
from starlette.middleware.base import RequestResponseEndpoint
from starlette.responses import Response

from tenure.app.pipelines.refresh import refresh
from tenure.app.wiring import Stores
from tenure.directory.access import Principal
from tenure.kit.http import install_error_handlers
from tenure.risk.routes import router
from tests.features import make

EVERYTHING = frozenset(
    {"metrics.read", "predictions.read", "calls.read", "calls.export", "settings.read", "refresh.run"}
)


@dataclass
class Client:
    """Asks an application without a server between."""

    app: FastAPI

    def ask(self, method: str, path: str, params: Mapping[str, str | int] | None = None) -> httpx.Response:
        """Ask, and wait for the answer."""

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://shop") as client:
                return await client.request(method, path, params=params)

        return asyncio.run(ask())


def _client(stores: Stores) -> Client:
    app = FastAPI()
    app.state.resources = {"lake": stores.lake, "engine": stores.engine, "clock": stores.clock}
    install_error_handlers(app)
    app.include_router(router)

    @app.middleware("http")
    async def signed_in(request: Request, call_next: RequestResponseEndpoint) -> Response:
        request.state.principal = Principal("key", "k", "reader", "key", EVERYTHING, "m")
        return await call_next(request)

    return Client(app)


@pytest.fixture(scope="module")
def client(stores: Stores) -> Client:
    """A shop of thirty customers, ten of whom stopped buying."""
    begin = datetime(2025, 1, 1)
    orders = [
        (f"c{who:02}", begin + timedelta(days=9 * turn, hours=who), 20.0 + who)
        for who in range(30)
        for turn in range(8 if who < 10 else 15)
    ]
    make.add_orders(stores.lake, orders)
    refresh(stores)
    return _client(stores)


def test_before_anything_is_imported_the_overview_is_empty_and_predictions_say_what_to_do(fresh_stores: Stores) -> None:
    client = _client(fresh_stores)
    overview = client.ask("GET", "/overview").json()
    assert (overview["empty"], overview["as_of"], overview["calls"]) == (True, None, [])
    answer = client.ask("GET", "/predictions")
    assert (answer.status_code, answer.json()["remedy"]["en"]) == (404, "Import data, then refresh.")
    assert client.ask("GET", "/call-list").json()["items"] == []
    assert client.ask("GET", "/settings/gap-quantiles").json() == []


def test_the_overview_shows_cards_series_facts_and_the_first_calls(client: Client) -> None:
    told = client.ask("GET", "/overview").json()
    assert {card["metric"] for card in told["cards"]} >= {"revenue", "active_customers"}
    assert all(card["label"]["zh"] and card["compared_with"]["zh"] for card in told["cards"])
    assert told["facts"] == {
        "customers": 30,
        "orders": 380,
        "first_at": "2025-01-01T00:00:00Z",
        "last_at": "2025-05-08T05:00:00Z",
        "anonymous_orders": 0,
    }
    assert len(told["series"]) == 12
    assert 0 < len(told["calls"]) <= 5


def test_predictions_tell_model_tiers_and_totals_that_fit_together(client: Client) -> None:
    told = client.ask("GET", "/predictions").json()
    assert sum(tier["customers"] for tier in told["tiers"]) == 30
    assert sum(tier["share"] for tier in told["tiers"]) == pytest.approx(1)
    assert sum(step["customers"] for step in told["risk_histogram"]) == 30
    assert sum(tier["value_365"] for tier in told["tiers"]) == pytest.approx(told["totals"]["value_365"])
    assert told["totals"]["low"] <= told["totals"]["value_365"] <= told["totals"]["high"]
    assert told["model"]["notes"]


def test_predictions_are_told_beside_those_of_the_instant_before(stores: Stores, client: Client) -> None:
    now = client.ask("GET", "/predictions").json()
    assert now["previous"] is None
    week = timedelta(days=7)
    refresh(stores, datetime.fromisoformat(now["as_of"]).replace(tzinfo=None) - week)
    refresh(stores)
    told = client.ask("GET", "/predictions").json()
    before = told["previous"]
    assert datetime.fromisoformat(told["as_of"]) - datetime.fromisoformat(before["as_of"]) == week
    assert sum(step["customers"] for step in before["risk_histogram"]) == 30
    assert before["totals"]["value_365"] > 0


def test_the_call_list_pages_by_cursor_and_a_broken_cursor_is_refused(client: Client) -> None:
    whole = client.ask("GET", "/call-list").json()["items"]
    first = client.ask("GET", "/call-list", {"limit": 1}).json()
    second = client.ask("GET", "/call-list", {"limit": 500, "cursor": first["next_cursor"]}).json()
    assert first["items"] + second["items"] == whole
    assert client.ask("GET", "/call-list", {"cursor": "nonsense"}).status_code == 422


def test_taking_the_excel_file_is_written_down(client: Client, stores: Stores) -> None:
    answer = client.ask("GET", "/call-list/export.xlsx", {"language": "zh"})
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"
    with stores.engine.connect() as connection:
        acts = connection.exec_driver_sql("SELECT act FROM audit_log").scalars().all()
    assert "calls.export" in acts


def test_gap_quantiles_rise(client: Client) -> None:
    days = [row["days"] for row in client.ask("GET", "/settings/gap-quantiles").json()]
    assert days == sorted(days)
    assert days[0] == 9


def test_asking_for_a_refresh_starts_a_run(client: Client, stores: Stores) -> None:
    answer = client.ask("POST", "/refresh")
    assert answer.status_code == 202
    with stores.engine.connect() as connection:
        waiting = connection.exec_driver_sql(
            "SELECT task_name, args FROM procrastinate_jobs WHERE task_name = 'refresh'"
        ).all()
    assert [("refresh", {"run_id": answer.json()["run_id"]})] == [tuple(row) for row in waiting]
