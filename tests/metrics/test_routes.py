"""The numbers over HTTP: the shapes the web reads, on a small shop."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
import pytest
from fastapi import FastAPI, Request
from starlette.middleware.base import RequestResponseEndpoint
from starlette.responses import Response

from tenure.app.wiring import Stores
from tenure.directory.access import Principal
from tenure.kit.clock import FixedClock
from tenure.kit.http import install_error_handlers
from tenure.metrics.routes import router
from tests.metrics import make

READER = frozenset({"metrics.read"})


@dataclass
class Client:
    """Asks an application without a server between."""

    app: FastAPI

    def get(self, path: str, params: Mapping[str, str | int] | None = None) -> httpx.Response:
        """Ask, and wait for the answer."""

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://shop") as client:
                return await client.get(path, params=params)

        return asyncio.run(ask())


@pytest.fixture(scope="module")
def client(stores: Stores) -> Client:
    """An application with the metrics alone, over a shop with three customers, asked by somebody who may read."""
    # Somebody unnamed buys on the last day, so that February has been seen to its end.
    bought = [
        (None, "2026-02-28"),
        ("ann", "2026-01-05"),
        ("ann", "2026-02-05"),
        ("bob", "2026-01-07"),
        ("cy", "2026-02-09"),
    ]
    make.fill(
        stores.lake,
        "orders",
        [{"customer_id": who, "ordered_at": datetime.fromisoformat(day), "amount": "20"} for who, day in bought],
    )
    make.fill(
        stores.lake,
        "customers",
        [
            {"customer_id": "ann", "country": "CN", "attributes": {"plan": "pro"}},
            {"customer_id": "bob", "country": "DE", "attributes": {"plan": "free"}},
        ],
    )
    app = FastAPI()
    clock = FixedClock(datetime(2026, 3, 1, tzinfo=UTC))
    app.state.resources = {"lake": stores.lake, "engine": stores.engine, "clock": clock}
    install_error_handlers(app)
    app.include_router(router)
    app.state.permissions = READER

    @app.middleware("http")
    async def signed_in(request: Request, call_next: RequestResponseEndpoint) -> Response:
        request.state.principal = Principal("key", "k", "reader", "key", app.state.permissions, "m")
        return await call_next(request)

    return Client(app)


def test_the_catalogue_defines_every_metric(client: Client) -> None:
    metrics = client.get("/metrics").json()
    assert {m["name"] for m in metrics} >= {"retention_rate", "churn_rate", "repeat_purchase_rate", "nps"}
    assert all(m["formula"]["zh"] and m["meaning"]["en"] and m["interval_meaning"]["zh"] for m in metrics)


def test_values_by_an_attribute_carry_interval_and_change(client: Client) -> None:
    answer = client.get(
        "/metrics/values",
        params={"name": "active_customers", "start": "2026-01-01", "end": "2026-03-01", "grain": "month"}
        | {"by": "attributes.plan"},
    ).json()
    rows = {(row["segment"], row["start"]): row for row in answer["rows"]}
    assert rows["pro", "2026-02-01"]["value"] == 1
    assert rows["free", "2026-02-01"]["change"] == -1
    assert rows["unknown", "2026-02-01"]["value"] == 1
    assert all(row["low"] <= row["value"] <= row["high"] and row["mature"] for row in answer["rows"])


def test_the_reconciliation_adds_up(client: Client) -> None:
    params: dict[str, str | int] = {"start": "2026-02-01", "end": "2026-03-01", "window_days": 31}
    row = client.get("/metrics/reconciliation", params=params).json()["rows"][0]
    assert [row[name] for name in "SENRLX"] == [2, 2, 1, 1, 1, 0]


def test_cohorts_second_order_lifecycle_and_dimensions_answer(client: Client) -> None:
    cohorts = client.get("/metrics/cohorts", params={"kind": "bracket", "brackets": "1-1,2-3"}).json()
    assert [c["size"] for c in cohorts["cohorts"]] == [2, 1]
    assert [c["first"] for c in cohorts["columns"]] == [1, 2]
    assert client.get("/metrics/second-order").json()["n"] == 3
    stages = client.get("/metrics/lifecycle", params={"start": "2026-02-01", "grain": "month"}).json()["rows"]
    assert [(s["active"], s["new"], s["returning"], s["dormant"]) for s in stages] == [(2, 1, 1, 1)]
    names = [d["name"] for d in client.get("/metrics/dimensions").json()]
    assert {"country", "tier", "orders.channel", "attributes.plan"} <= set(names)


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/metrics/values?name=nonsense", "/name"),
        ("/metrics/values?name=nps&by=shoe_size", "/by"),
        ("/metrics/values?name=nps&by=orders.channel", "/by"),
        ("/metrics/values?name=nps&start=2026-02-01&end=2026-01-01", "/end"),
        ("/metrics/values?name=nps&start=2000-01-01&end=2026-01-01&grain=day", "/grain"),
        ("/metrics/cohorts?kind=bracket&brackets=a-b", "/brackets"),
        ("/metrics/cohorts?kind=streak&measure=revenue", "/measure"),
    ],
)
def test_a_wrong_question_names_the_field(client: Client, path: str, field: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 422
    assert answer.json()["fields"][0]["path"] == field


def test_nobody_without_the_permission_reads_a_number(client: Client) -> None:
    client.app.state.permissions = frozenset()
    paths = ["", "/dimensions", "/values?name=nps", "/reconciliation", "/cohorts", "/second-order", "/lifecycle"]
    assert {client.get("/metrics" + path).status_code for path in paths} == {403}
    client.app.state.permissions = READER
