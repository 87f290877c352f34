"""Which events arrive, which were expected, and what is told of those that differ."""

from typing import Any

import pytest

from tenure.app.wiring import Stores
from tests.directory.make import Browser, member, owner
from tests.sources.tracking.make import landed, sent, track, write_key

BUY = {
    "name": "Bought",
    "properties": [
        {"name": "price", "type": "number", "required": True},
        {"name": "note", "type": "text", "required": False},
    ],
}


@pytest.fixture
def boss(fresh_stores: Stores) -> Browser:
    return owner(fresh_stores)


def tell(stores: Stores, key: str, *calls: dict[str, Any]) -> list[str]:
    """Send calls and carry them; returns the verdicts."""
    answer = sent(stores, key, "batch", {"batch": list(calls)})
    landed(stores)
    return [item.get("code", item["verdict"]) for item in answer.json()["items"]]


def told(boss: Browser) -> dict[tuple[str, str, str], int]:
    """Return violations: event, code, property, and how many."""
    items = boss.get("/tracking/violations").json()["items"]
    return {(one["event"], one["code"], one["property"]): one["count"] for one in items}


def test_seen_events_tell_their_properties_and_types(fresh_stores: Stores, boss: Browser) -> None:
    key = write_key(boss)
    tell(
        fresh_stores,
        key,
        track("A", properties={"n": 1, "when": "2026-03-01T09:00:00Z"}),
        track("A", properties={"n": "x"}),
    )
    tell(fresh_stores, key, track("A", properties={"n": 2}), {"type": "page", "userId": "ann", "name": "Home"})
    seen = {(one["kind"], one["name"]): one for one in boss.get("/tracking/events").json()["items"]}
    assert {where: one["count"] for where, one in seen.items()} == {("track", "A"): 3, ("page", "Home"): 1}
    properties = {
        one["name"]: {t["type"]: t["count"] for t in one["types"]} for one in seen["track", "A"]["properties"]
    }
    assert properties == {"n": {"number": 2, "text": 1}, "when": {"time": 1}}


def test_what_differs_is_taken_and_told(fresh_stores: Stores, boss: Browser) -> None:
    key = write_key(boss)
    assert boss.put("/tracking/expected", json=BUY).status_code == 200
    good = track("Bought", properties={"price": 3, "note": "thanks"})
    bad = [track("Bought", properties={"price": "3"}), track("Bought"), track("Bougt")]
    assert tell(fresh_stores, key, good, *bad) == ["accepted"] * 4
    assert told(boss) == {
        ("Bought", "wrong_type", "price"): 1,
        ("Bought", "missing_property", "price"): 1,
        ("Bougt", "unexpected", ""): 1,
    }
    assert len(landed(fresh_stores)) == 4
    sample = boss.get("/tracking/violations").json()["items"][0]
    assert sample["source"] == "web shop"
    assert sample["samples"][0]["id"].startswith("evt_")
    assert boss.delete("/tracking/violations").status_code == 204
    assert told(boss) == {}


def test_a_strict_source_refuses_what_differs_and_tells_it(fresh_stores: Stores, boss: Browser) -> None:
    boss.put("/tracking/expected", json=BUY)
    key = write_key(boss, strict=True)
    calls = [track("Bought", properties={"price": 3}), track("Bought", messageId="2"), track("Bougt")]
    assert tell(fresh_stores, key, *calls) == ["accepted", "missing_property", "unexpected"]
    assert told(boss) == {("Bought", "missing_property", "price"): 1, ("Bougt", "unexpected", ""): 1}
    assert all(one["refused"] for one in boss.get("/tracking/violations").json()["items"])
    assert len(landed(fresh_stores)) == 1


def test_refusals_of_any_source_are_told(fresh_stores: Stores, boss: Browser) -> None:
    tell(fresh_stores, write_key(boss), {"type": "track", "event": "x"}, {"type": "track", "event": "x"})
    assert told(boss) == {("x", "no_user", ""): 2}


def test_samples_are_the_newest_few(fresh_stores: Stores, boss: Browser) -> None:
    key = write_key(boss)
    boss.put("/tracking/expected", json=BUY)
    for number in range(4):
        tell(fresh_stores, key, track("Other", messageId=f"a{number}"), track("Other", messageId=f"b{number}"))
    found = boss.get("/tracking/violations").json()["items"][0]
    assert (found["count"], len(found["samples"])) == (8, 5)


def test_the_newest_events_are_shown_before_and_after_they_are_carried(fresh_stores: Stores, boss: Browser) -> None:
    key = write_key(boss)
    sent(fresh_stores, key, "track", track("First", properties={"colour": "red"}))
    waiting = boss.get("/tracking/lately").json()["items"]
    assert [(one["name"], one["user_id"], one["properties"]) for one in waiting] == [
        ("First", "ann", {"colour": "red"})
    ]
    landed(fresh_stores)
    sent(fresh_stores, key, "identify", {"userId": "bea", "traits": {"city": "Bonn"}})
    shown = boss.get("/tracking/lately").json()["items"]
    assert [(one["kind"], one["name"], one["source"]) for one in shown] == [
        ("identify", "", "web shop"),
        ("track", "First", "web shop"),
    ]


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"name": " "}, "/name"),
        ({"name": "a", "properties": [{"name": "", "type": "text"}]}, "/properties/0/name"),
        ({"name": "a", "properties": [{"name": "x", "type": "text"}] * 2}, "/properties/1/name"),
        ({"name": "a", "properties": [{"name": "x", "type": "colour"}]}, "/properties/0/type"),
    ],
)
def test_a_declaration_that_makes_no_sense_is_refused(stores: Stores, body: dict[str, Any], path: str) -> None:
    answer = owner(stores).put("/tracking/expected", json=body)
    assert answer.status_code == 422
    assert [field["path"] for field in answer.json()["fields"]] == [path]


def test_a_declaration_is_audited_and_can_be_taken_back(fresh_stores: Stores, boss: Browser) -> None:
    boss.put("/tracking/expected", json=BUY)
    boss.put("/tracking/expected", json=BUY)
    listed = boss.get("/tracking/events").json()["items"]
    assert [(one["name"], one["count"], one["expected"]["properties"][0]["name"]) for one in listed] == [
        ("Bought", 0, "price")
    ]
    assert boss.delete("/tracking/expected?name=Bought").status_code == 204
    assert boss.delete("/tracking/expected?name=Bought").status_code == 404
    acts = [one["act"] for one in boss.get("/audit").json()["items"]]
    assert acts[:-1] == ["expected_events.delete", "expected_events.change"]


def test_who_only_looks_declares_nothing(fresh_stores: Stores, boss: Browser) -> None:
    viewer = member(fresh_stores, boss, "viewer")
    assert viewer.put("/tracking/expected", json=BUY).status_code == 403
    assert viewer.get("/tracking/violations").status_code == 200
