"""An owner hands out and erases a person over REST and the command line; nobody else may."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tenure.app import wiring, worker
from tenure.app.jobs import all_jobs
from tenure.app.settings import Settings
from tenure.app.wiring import Stores
from tests.app.cli.face import face
from tests.app.person.make import EMAIL, NAME, PHONE, WHO, bring, customers, fill, in_database, in_files
from tests.directory.make import Browser, member, owner, stranger

pytestmark = pytest.mark.filterwarnings("ignore:fetch_:DeprecationWarning")
ASKED: dict[str, Any] = {"customer_ids": [WHO], "keep_orders": True, "keep_proof": True}


def test_an_owner_sees_what_would_go_confirms_by_the_name_and_gets_a_receipt(fresh_stores: Stores) -> None:
    stores = fresh_stores
    browser = owner(stores)
    fill(stores)
    shown = browser.post("/persons/erasures/preview", json=ASKED).json()
    assert (shown["confirm_with"], shown["persons"]) == (NAME, 1)
    assert {line["place"]: line["rows"] for line in shown["lines"]}["lake.orders"] == 14
    assert browser.post("/persons/erasures", json={**ASKED, "confirm": "Zoe"}).status_code == 422
    begun = browser.post("/persons/erasures", json={**ASKED, "confirm": NAME})
    assert begun.status_code == 202, begun.text
    where = f"/persons/erasures/{begun.json()['id']}"
    assert browser.get(f"{where}/receipt.json").status_code == 409
    worker.run(stores, all_jobs(stores), wait=False)
    assert browser.get(f"/runs/{begun.json()['run_id']}").json()["state"] == "done"
    receipt = browser.get(f"{where}/receipt.json").json()
    assert browser.post("/persons/receipts/verify", json={"receipt": receipt}).json() == {
        "unchanged": True,
        "ours": True,
    }
    page = browser.get(f"{where}/receipt.html").text
    assert "Receipt of erasure · 删除回执" in page
    for word in (WHO, NAME, EMAIL, PHONE):
        assert word not in page
    assert browser.get("/persons/erasures").json()["items"][0]["state"] == "done"
    proof = browser.post("/persons/proof", json={"kind": "email", "value": EMAIL.upper()}).json()["items"]
    assert [(word["state"], word["basis"]) for word in proof] == [("granted", "consent")]
    assert browser.post("/persons/readmit", json={"kind": "customer", "value": WHO}).json() == {"lifted": 1}
    assert browser.get(f"/customers/{WHO}").status_code == 404


def test_an_export_holds_everything_for_machines_and_for_people(fresh_stores: Stores) -> None:
    browser = owner(fresh_stores)
    fill(fresh_stores)
    answer = browser.get("/persons/export", params={"customer_id": WHO})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        told, page = json.loads(archive.read("person.json")), archive.read("person.html").decode()
    places = {section["place"]: section["rows"] for section in told["sections"]}
    assert places["customers"][0]["email"] == EMAIL or places["customers"][0]["name"] == NAME
    assert {"orders", "tickets", "consent_records", "sends", "audit_log", "imports", "customer_identifiers"} <= set(
        places
    )
    assert len(places["orders"]) == 14
    assert NAME in page
    assert "订单" in page
    assert "C-0001" not in json.dumps(places["customers"])


def test_nobody_but_an_owner_may(stores: Stores) -> None:
    boss = owner(stores)
    manager, nobody = member(stores, boss, "manager"), stranger(stores)
    for browser, status in ((manager, 403), (nobody, 401)):
        assert _every(browser) == {status}


@pytest.mark.timeout(300)
def test_several_go_at_once_by_command_and_the_receipt_is_verified(
    new_settings: Callable[[], Settings], tmp_path: Path
) -> None:
    settings = new_settings()
    with wiring.stores(settings, wiring.create_workspace(settings, "shop")) as stores:
        owner(stores)
        bring(stores, "customers.csv", customers(), "customers")
    run = face(settings)
    ids = tmp_path / "ids.txt"
    ids.write_text(f"{WHO}\nC-0003\n")
    before = run("person", "erase", f"@{ids}", "--dry-run", "--json").json()
    assert any(line["place"] == "lake.customers" and line["rows"] == 2 for line in before)  # type: ignore[attr-defined]
    assert run("person", "erase", f"@{ids}").code == 2
    out = tmp_path / "receipt.json"
    assert run("person", "erase", f"@{ids}", "--confirm", "2", "--out", out).code == 0
    assert run("person", "receipt", out, "--customer", WHO).code == 0
    assert "Nobody of this receipt is here" in run("person", "again", out).said
    assert run("person", "receipt", out, "--customer", "C-0004").code == 1
    out.write_text(out.read_text().replace('"persons": 2', '"persons": 3'))
    assert run("person", "receipt", out).code == 1
    assert run("person", "export", "C-0004", "--out", tmp_path / "p.zip").code == 0
    with wiring.stores(settings, settings.home / "shop") as stores:
        assert in_files(stores.folder, (WHO, NAME, EMAIL, "p3@shop.test")) == []
        assert in_database(stores, (WHO, NAME, EMAIL, "p3@shop.test")) == []


def _every(browser: Browser) -> set[int]:
    return {
        browser.get("/persons/export", params={"customer_id": WHO}).status_code,
        browser.post("/persons/erasures/preview", json=ASKED).status_code,
        browser.post("/persons/erasures", json={**ASKED, "confirm": NAME}).status_code,
        browser.get("/persons/erasures").status_code,
        browser.get("/persons/erasures/x/receipt.json").status_code,
        browser.post("/persons/receipts/verify", json={"receipt": {}}).status_code,
        browser.post("/persons/proof", json={"kind": "email", "value": "a@b.c"}).status_code,
        browser.post("/persons/readmit", json={"kind": "email", "value": "a@b.c"}).status_code,
    }
