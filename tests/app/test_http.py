"""The web application: problems in words, requests that come twice, headers, and the web interface."""

import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from tenure.app import web
from tenure.app.description import describe
from tenure.app.http import build_app
from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tests.directory.make import PASSWORD, Browser, TickingClock, owner, stranger

HAN = re.compile("[一-鿿]")


@pytest.fixture(scope="module")
def boss(stores: Stores) -> Browser:
    """A browser of the owner."""
    return owner(stores)


def new_member(number: int) -> dict[str, str]:
    """Return the particulars of a member."""
    return {"name": f"M{number}", "email": f"m{number}@shop.test", "password": PASSWORD, "role": "viewer"}


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "paths"),
    [
        ("POST", "/members", "{", 422, ["/1"]),
        ("POST", "/members", "[]", 422, [""]),
        ("POST", "/members", '{"name": 1}', 422, ["/name", "/email", "/password", "/role"]),
        (
            "PATCH",
            "/settings",
            '{"churn": {"kind": "x", "window_days": "y"}}',
            422,
            ["/churn/kind", "/churn/window_days", "/churn/grace_days"],
        ),
        ("POST", "/keys", '{"name": "k", "scopes": [1], "expires_at": "later"}', 422, ["/scopes/0", "/expires_at"]),
        ("GET", "/audit?limit=0", None, 422, ["/limit"]),
        ("GET", "/audit?limit=many", None, 422, ["/limit"]),
        ("GET", "/nowhere", None, 404, []),
        ("GET", "/customers/nobody", None, 404, []),
        ("PUT", "/settings", "{}", 405, []),
        ("PATCH", "/settings", '{"currency": "\\ud800"}', 422, ["/currency"]),
    ],
)
def test_every_problem_is_told_in_both_languages_with_its_place(
    boss: Browser, method: str, path: str, body: str | None, status: int, paths: list[str]
) -> None:
    answer = boss.request(method, path, content=body, headers={"Content-Type": "application/json"})
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (answer.status_code, problem["status"], [field["path"] for field in problem["fields"]]) == (
        status,
        status,
        paths,
    )
    sentences = [problem["title_zh"], problem["detail_zh"], *(field["message"]["zh"] for field in problem["fields"])]
    assert all(HAN.search(sentence) for sentence in sentences), sentences


def test_a_request_sent_again_is_answered_again_and_done_once(boss: Browser) -> None:
    first = boss.post("/members", json=new_member(1), headers={"Idempotency-Key": "one"})
    second = boss.post("/members", json=new_member(1), headers={"Idempotency-Key": "one"})
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert second.headers["Idempotency-Replayed"] == "true"
    other = boss.post("/members", json=new_member(2), headers={"Idempotency-Key": "one"})
    assert (other.status_code, other.json()["fields"][0]["path"]) == (422, "/Idempotency-Key")


def test_of_requests_side_by_side_with_one_key_one_is_done(stores: Stores, boss: Browser) -> None:
    wanted = {"name": "Twice", "filter": {"all": []}}

    def send(_: int) -> int:
        browser = stranger(stores)
        browser.cookies.update(boss.cookies)
        return int(browser.post("/customers/filters", json=wanted, headers={"Idempotency-Key": "race"}).status_code)

    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(send, range(6)))
    assert set(statuses) <= {201, 409}
    with transaction(stores.engine) as session:
        assert session.execute(text("SELECT count(*) FROM saved_filters WHERE name = 'Twice'")).scalar_one() == 1


def test_a_request_that_failed_may_be_sent_again_with_its_key(boss: Browser) -> None:
    headers = {"Idempotency-Key": "mended"}
    assert boss.post("/members", json={**new_member(3), "password": "short"}, headers=headers).status_code == 422
    assert boss.post("/members", json=new_member(3), headers=headers).status_code == 201


def test_a_key_belongs_to_its_caller_and_lasts_a_day(fresh_stores: Stores) -> None:
    clock = TickingClock()
    desk = owner(fresh_stores, clock)
    wanted, headers = {"name": "Mine", "filter": {"all": []}}, {"Idempotency-Key": "same"}
    first = desk.post("/customers/filters", json=wanted, headers=headers).json()
    key = desk.post("/keys", json={"name": "k", "scopes": ["customers.read"]}).json()["secret"]
    robot = {**headers, "Authorization": f"Bearer {key}"}
    assert (
        stranger(fresh_stores, clock).post("/customers/filters", json=wanted, headers=robot).json()["id"] != first["id"]
    )
    assert stranger(fresh_stores, clock).post("/customers/filters", json=wanted, headers=headers).status_code == 401
    clock.pass_time(hours=25)
    assert desk.post("/customers/filters", json=wanted, headers=headers).json()["id"] != first["id"]


def test_secrets_are_not_kept_for_later(stores: Stores, boss: Browser) -> None:
    made = boss.post("/keys", json={"name": "k", "scopes": ["runs.read"]}, headers={"Idempotency-Key": "secret"})
    assert made.status_code == 201
    with transaction(stores.engine) as session:
        kept = session.execute(text("SELECT count(*) FROM idempotency_keys WHERE key = 'secret'")).scalar_one()
    assert kept == 0


def test_answers_of_the_api_are_guarded_and_not_cached(boss: Browser) -> None:
    headers = boss.get("/settings").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"].split("script-src")[1].split(";")[0]


@pytest.fixture
def site(tmp_path: Path) -> Browser:
    """A browser on a built interface of two files, with a secret beside it."""
    (tmp_path / "secret.txt").write_text("secret")
    built = tmp_path / "dist"
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_text("<title>first page</title>")
    (built / "assets" / "app-1a2b.js").write_text("let a")
    app = FastAPI()
    web.mount(app, built, "/api/v1")
    return Browser(app, base_url="http://testserver")


@pytest.mark.parametrize("path", ["", "customers", "customers/c-1?tab=timeline"])
def test_every_page_of_the_interface_is_its_first_page(site: Browser, path: str) -> None:
    page = site.get(f"http://testserver/{path}")
    assert ("first page" in page.text, page.headers["Cache-Control"]) == (True, "no-cache")


def test_built_files_last_and_missing_ones_are_missing(site: Browser) -> None:
    assert "immutable" in site.get("http://testserver/assets/app-1a2b.js").headers["Cache-Control"]
    assert site.get("http://testserver/assets/gone.js").status_code == 404
    assert site.get("http://testserver/api/v1/gone").status_code == 404


@pytest.mark.parametrize(
    "path", ["../secret.txt", "..%2fsecret.txt", "assets/..%2f..%2fsecret.txt", "%2e%2e/secret.txt", "a%00b"]
)
def test_nothing_outside_the_interface_is_served(site: Browser, path: str) -> None:
    assert "secret" not in site.get(f"http://testserver/{path}").text


def test_the_description_names_permissions_and_problems_on_every_operation() -> None:
    described = describe(build_app(None))
    paths = described["paths"]
    assert described["openapi"].startswith("3.1")  # type: ignore[attr-defined]
    operations = [operation for path in paths.values() for operation in path.values()]  # type: ignore[attr-defined]
    assert len(operations) > 40
    assert all(operation["x-permission"] for operation in operations)
    assert all("application/problem+json" in operation["responses"]["default"]["content"] for operation in operations)
    ids = [operation["operationId"] for operation in operations]
    assert len(ids) == len(set(ids))


def test_the_description_is_printed_alike_without_any_store() -> None:
    command = [sys.executable, "-m", "tenure.app.openapi"]
    first, second = (subprocess.run(command, capture_output=True, check=True, text=True).stdout for _ in range(2))
    assert first == second
    assert json.loads(first)["info"]["title"] == "Tenure"
