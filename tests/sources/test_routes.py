"""Imports over HTTP: upload, look, change, run, download, undo; and who may."""

import threading
from pathlib import Path

import pytest

from tenure.app import worker
from tenure.app.wiring import Stores, intake_of
from tenure.sources import jobs
from tests.directory.make import Browser, member, owner
from tests.sources.make import csv_of

ORDERS = csv_of("order no,customer id,order date,amount", "1,A,2024-01-01,5", "2,A,2024-01-02,abc")


@pytest.fixture(scope="module")
def boss(stores: Stores) -> Browser:
    return owner(stores)


def send(browser: Browser, content: bytes = ORDERS, name: str = "orders.csv") -> dict[str, object]:
    """Upload a file; returns the answer."""
    answer = browser.post("/imports", files={"file": (name, content, "text/csv")})
    assert answer.status_code == 201, answer.text
    found: dict[str, object] = answer.json()
    return found


def test_a_file_goes_all_the_way_and_out_again(stores: Stores, boss: Browser) -> None:
    found = send(boss, name="../../etc/订单.csv")
    assert (found["file_name"], found["state"], found["kind"]) == ("订单.csv", "uploaded", "orders")
    place = f"/imports/{found['id']}"
    body = {"kind": found["kind"], "mapping": [{"column": m["column"], "field": m["field"]} for m in found["mapping"]]}  # type: ignore[attr-defined]
    preview = boss.post(f"{place}/preview", json=body).json()
    assert (preview["counts"]["good"], preview["counts"]["bad"], preview["counts"]["inserted"]) == (1, 1, 1)
    assert preview["problems"][0]["reason"]["zh"] == "不是有效金额。"
    run = boss.post(f"{place}/run", json=body)
    assert run.status_code == 202
    worker.run(stores, jobs.jobs(intake_of(stores)), threading.Event(), wait=False)
    state = boss.get(f"/runs/{run.json()['run_id']}").json()
    assert (state["state"], state["progress"]) == ("done", 1.0)
    assert boss.get(place).json()["counts"] == preview["counts"]
    lines = boss.get(f"{place}/bad-rows.csv")
    assert "attachment" in lines.headers["content-disposition"]
    assert '3,"amount","abc"' in lines.text
    assert boss.post(f"{place}/undo").json()["removed"] == {"orders": 1, "customers": 1}
    assert boss.post(f"{place}/undo").status_code == 409
    assert boss.get("/imports").json()["items"][0]["state"] == "undone"


def test_the_page_of_imports_goes_on(boss: Browser) -> None:
    ids = [send(boss)["id"] for _ in range(3)]
    first = boss.get("/imports?limit=2").json()
    second = boss.get(f"/imports?limit=2&cursor={first['next_cursor']}").json()
    assert [item["id"] for item in [*first["items"], *second["items"]]][:3] == ids[::-1]


def test_a_viewer_may_look_and_not_import(stores: Stores, boss: Browser) -> None:
    viewer = member(stores, boss, "viewer")
    assert viewer.post("/imports", files={"file": ("a.csv", ORDERS)}).status_code == 403


def test_what_cannot_be_read_is_told_in_both_languages_and_leaves_nothing(stores: Stores, boss: Browser) -> None:
    before = _folders(stores.folder)
    for content, code in (
        (b"", "empty_source"),
        (b"<html><table>", "wrong_file_type"),
        (b"1,2\n3,4\n", "header_missing"),
    ):
        answer = boss.post("/imports", files={"file": ("orders.xls", content)})
        problem = answer.json()
        assert (answer.status_code, problem["code"]) == (422, code)
        assert problem["detail"] and problem["detail_zh"] and problem["remedy"]["zh"]  # noqa: PT018
    assert _folders(stores.folder) == before


def test_a_request_for_columns_or_kinds_that_are_not_there_names_the_place(boss: Browser) -> None:
    place = f"/imports/{send(boss)['id']}"
    answer = boss.post(f"{place}/preview", json={"kind": "orders", "mapping": [{"column": "nope", "field": "amount"}]})
    assert (answer.status_code, answer.json()["fields"][0]["path"]) == (422, "/mapping/0/column")
    assert boss.post(f"{place}/preview", json={"kind": "nope", "mapping": []}).json()["fields"][0]["path"] == "/kind"
    assert boss.get("/imports/imp_nothing").status_code == 404
    assert boss.get("/imports/..%2F..%2Fsecret/bad-rows.csv").status_code == 404


def _folders(folder: Path) -> set[str]:
    return {path.name for path in (folder / "imports").iterdir()} if (folder / "imports").exists() else set()
