"""One customer: read, and changed by hand."""

import pytest

from tenure.app.wiring import Stores
from tests.directory.customers.make import Rows, bring, summarise
from tests.directory.make import Browser, owner

PEOPLE: Rows = [
    {
        "customer_id": "shop/7 号",
        "name": "王小明",
        "email": "xm@example.cn",
        "phone": "13800138000",
        "country": "CN",
        "attributes": [("plan", "gold"), ("size", "3")],
    },
    {
        "customer_id": "other",
        "name": "Ann",
        "email": None,
        "phone": None,
        "country": "GB",
        "attributes": [("plan", "gold")],
    },
]
PATH = "/customers/shop%2F7%20%E5%8F%B7"


@pytest.fixture
def desk(fresh_stores: Stores) -> Browser:
    """A browser of the owner of a shop with two customers."""
    bring(fresh_stores, PEOPLE)
    reasons = '[{"factor": "silence", "effect": 0.4, "text": {"en": "Silent", "zh": "沉默"}}]'
    summarise(fresh_stores, [{"customer_id": "shop/7 号", "churn_risk": 0.7, "tier": "A", "reasons": reasons}])
    return owner(fresh_stores)


def test_a_profile_tells_particulars_numbers_and_identities(desk: Browser) -> None:
    told = desk.get(PATH).json()
    assert (told["id"], told["name"], told["churn_risk"], told["tier"]) == ("shop/7 号", "王小明", 0.7, "A")
    assert told["reasons"][0]["text"]["zh"] == "沉默"
    assert {(one["kind"], one["value"]) for one in told["identifiers"]} == {
        ("email", "xm@example.cn"),
        ("phone", "+8613800138000"),
    }
    assert desk.get("/customers/nobody").status_code == 404


def test_a_change_is_normalised_found_again_and_written_down(desk: Browser) -> None:
    change = {
        "email": " New@Example.CN",
        "phone": "020 7946 0000",
        "country": "GB",
        "city": " ",
        "birthday": "1990-05-01",
        "attributes": {"plan": "silver", "size": None, "since": "2026-01-01"},
        "external_ids": ["TB-1", "TB-1", " "],
        "consent": [{"purpose": "marketing", "channel": "phone", "state": "withdrawn"}],
    }
    told = desk.patch(PATH, json=change).json()
    assert (told["email"], told["phone"], told["city"], told["name"]) == (
        "new@example.cn",
        "+442079460000",
        None,
        "王小明",
    )
    assert told["attributes"] == {"plan": "silver", "since": "2026-01-01"}
    assert sorted(one["value"] for one in told["identifiers"]) == ["+442079460000", "TB-1", "new@example.cn"]
    assert [(one["channel"], one["state"]) for one in told["consent"]] == [("phone", "withdrawn")]
    assert [item["id"] for item in desk.get("/customers", params={"q": "new@ex"}).json()["items"]] == ["shop/7 号"]
    fields = {field["name"]: field for field in desk.get("/customers/fields").json()}
    assert fields["attributes.since"]["type"] == "date"
    assert fields["attributes.plan"]["choices"] == ["gold", "silver"]
    entry = desk.get("/audit").json()["items"][0]
    assert (entry["act"], entry["before"]["email"], entry["after"]["email"]) == (
        "customers.change",
        "xm@example.cn",
        "new@example.cn",
    )
    assert "name" not in entry["after"]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"email": "nowhere"}, "/email"),
        ({"phone": "12"}, "/phone"),
        ({"birthday": "soon"}, "/birthday"),
        ({"attributes": {"size": "big"}}, "/attributes/size"),
        ({"name": "x" * 501}, "/name"),
        ({"consent": [{"purpose": "", "channel": "phone", "state": "granted"}]}, "/consent/0/purpose"),
    ],
)
def test_a_bad_change_names_its_field_and_changes_nothing(desk: Browser, change: dict[str, object], path: str) -> None:
    before = desk.get(PATH).json()
    refused = desk.patch(PATH, json=change)
    assert (refused.status_code, [field["path"] for field in refused.json()["fields"]]) == (422, [path])
    assert desk.get(PATH).json() == before


def test_changing_a_merged_customer_changes_what_is_shown_and_survives_the_unmerge(desk: Browser) -> None:
    merge_id = desk.post("/customers/other/merge", json={"other_id": "shop/7 号"}).json()["merge_id"]
    shown = desk.get(PATH).json()
    assert (shown["id"], shown["name"], shown["email"]) == ("other", "Ann", "xm@example.cn")
    assert [(one["id"], one["merge_id"]) for one in shown["merged"]] == [("shop/7 号", merge_id)]
    desk.patch("/customers/other", json={"city": "York"})
    assert desk.post("/customers/other/unmerge", json={"merge_id": merge_id}).json()["customer_id"] == "shop/7 号"
    told = desk.get("/customers/other").json()
    assert (told["city"], told["email"], told["merged"]) == ("York", None, [])
    assert desk.get(PATH).json()["city"] is None
