"""Asking for sends over HTTP: rehearsed with counts and reasons, asked for once, taken back, by who may."""

from typing import Any

import pytest
from sqlalchemy import text

from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.outreach.ledger.asks import Ended
from tenure.outreach.ledger.repository import work as ledger
from tenure.outreach.sending import queueing
from tenure.outreach.sending.forecast import estimate, sample
from tests.directory.make import Browser, TickingClock, member, owner, stranger
from tests.outreach.content.make import message, shop

SMS = {"sms": {"en": {"text": "Hello {{ customer.id }}"}}}


@pytest.fixture(scope="module")
def clock() -> TickingClock:
    """The clock of the shop."""
    return TickingClock()


@pytest.fixture(scope="module")
def boss(stores: Stores, clock: TickingClock) -> Browser:
    """The owner of a shop with two customers and no rules but consent."""
    shop(stores)
    browser = owner(stores, clock)
    assert browser.put("/contact-policy", json={"hours": {}, "caps": [], "budgets": []}).status_code == 200
    return browser


def send(browser: Browser, name: str, ids: list[str] | None = None, **more: Any) -> Any:
    body = {"message": name, "channel": "sms", "to": {"customer_ids": ids or ["ann", "bob"]}, **more}
    return browser.post("/sends", json=body)


def outcomes(told: Any) -> dict[tuple[str, str], int]:
    return {(one["outcome"], one["reason"]): one["count"] for one in told["forecast"]["outcomes"]}


def queued(stores: Stores, browser: Browser, asked: Any) -> Any:
    """Do the work of a worker on what was asked for; returns how the dispatch ended."""
    assert asked.status_code == 202, asked.text
    dispatch = asked.json()["dispatch"]["id"]
    assert not queueing.carry_on(stores.engine, dispatch, TickingClock())
    return browser.get(f"/sends/dispatches/{dispatch}").json()


def test_a_dry_run_counts_what_would_become_of_everybody_and_queues_nothing(boss: Browser) -> None:
    message(boss, name="Dry", channels={"sms": {"en": {"text": "{{ customer.name }}"}}})
    told = send(boss, "Dry", ["ann", "bob", "nobody"], dry_run=True).json()
    assert outcomes(told) == {("send", ""): 1, ("held", "missing_variable"): 1, ("drop", "no_such_customer"): 1}
    forecast = told["forecast"]
    (held,) = [one for one in forecast["outcomes"] if one["outcome"] == "held"]
    assert "customer.name" in held["words"]["en"]
    assert held["words"]["zh"] != held["words"]["en"]
    assert (held["estimate"], held["low"], held["high"]) == (1, 1, 1)
    assert (told["dry_run"], told["dispatch"], forecast["customers"], forecast["looked_at"]) == (True, None, 3, 3)
    assert forecast["sampled"] is False
    assert boss.get("/sends/counts").json()["items"] == []


def test_who_waits_is_told_with_the_time_they_would_go(boss: Browser, clock: TickingClock) -> None:
    message(boss, name="Later", channels=SMS)
    closed = {"hours": {"sms": {"opens": "10:00", "closes": "11:00"}}, "caps": [], "budgets": []}
    assert boss.put("/contact-policy", json=closed).status_code == 200
    told = send(boss, "Later", dry_run=True).json()
    (waits,) = told["forecast"]["outcomes"]
    assert (waits["outcome"], waits["reason"], waits["count"]) == ("defer", "quiet_hours", 2)
    assert waits["first_at"] > clock.now().isoformat()[:19]
    open_then = send(boss, "Later", dry_run=True, due_at=waits["first_at"]).json()
    assert outcomes(open_then) == {("send", ""): 2}
    assert boss.put("/contact-policy", json={"hours": {}, "caps": [], "budgets": []}).status_code == 200


def test_asking_is_answered_at_once_and_queued_by_a_worker(stores: Stores, boss: Browser) -> None:
    name = message(boss, name="At once", channels=SMS)
    asked = send(boss, "At once")
    told = asked.json()["dispatch"]
    assert (told["state"], told["customers"], told["handled"]) == ("queueing", 2, 0)
    assert boss.get(f"/sends/counts?message={name}").json()["items"] == []
    under_way = boss.get(f"/sends/dispatches?message={name}&under_way=true").json()["items"]
    assert [(one["id"], one["message_name"]) for one in under_way] == [(told["id"], "At once")]
    ended = queued(stores, boss, asked)
    assert (ended["state"], ended["handled"], ended["queued"]) == ("done", 2, 2)
    assert [(one["state"], one["count"]) for one in ended["sends"]] == [("queued", 2)]
    assert boss.get(f"/sends/dispatches?message={name}&under_way=true").json()["items"] == []
    assert boss.get("/sends/dispatches/nothing").status_code == 404


def test_a_message_is_asked_for_once_on_an_occasion_and_again_on_another(stores: Stores, boss: Browser) -> None:
    message(boss, name="Once", channels=SMS)
    assert queued(stores, boss, send(boss, "Once", ["ann", "ann"]))["queued"] == 1
    assert outcomes(send(boss, "Once", dry_run=True).json()) == {("before", ""): 1, ("send", ""): 1}
    ended = queued(stores, boss, send(boss, "Once"))
    assert (ended["customers"], ended["handled"], ended["queued"]) == (2, 2, 1)
    later = send(boss, "Once", occasion="spring", due_at="2099-01-01T00:00:00Z")
    assert boss.get("/audit?limit=1").json()["items"][0]["after"]["occasion"] == "spring"
    ended = queued(stores, boss, later)
    assert [(one["state"], one["count"]) for one in ended["sends"]] == [("deferred", 2)]


def test_the_same_request_sent_again_with_its_key_is_done_once(stores: Stores, boss: Browser) -> None:
    name = message(boss, name="Keyed", channels=SMS)
    body = {"message": "Keyed", "channel": "sms", "to": {"customer_ids": ["ann"]}}
    key = {"Idempotency-Key": "k-1"}
    first, second = [boss.post("/sends", json=body, headers=key) for _ in range(2)]
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert second.headers["Idempotency-Replayed"] == "true"
    with transaction(stores.engine) as session:  # a day later the answer is forgotten; the dispatch is not
        session.execute(text("DELETE FROM idempotency_keys"))
    third = boss.post("/sends", json=body, headers=key)
    assert third.json()["dispatch"]["id"] == first.json()["dispatch"]["id"]
    with transaction(stores.engine) as session:
        session.execute(text("DELETE FROM idempotency_keys"))
    assert boss.post("/sends", json={**body, "priority": 7}, headers=key).status_code == 422
    assert len(boss.get(f"/sends/dispatches?message={name}").json()["items"]) == 1


def test_whom_a_filter_a_search_or_a_saved_filter_finds_is_meant(stores: Stores, boss: Browser) -> None:
    message(boss, name="Found", channels=SMS)
    rule = {"all": [{"field": "tier", "op": "in", "value": ["A"]}]}
    for to in ({"filter": rule}, {"q": "ann"}):
        told = boss.post("/sends", json={"message": "Found", "channel": "sms", "to": to, "dry_run": True})
        assert (told.status_code, told.json()["forecast"]["customers"]) == (200, 1), to
    made = boss.post(
        "/customers/filters", json={"name": "Best", "filter": rule, "sort": "name", "q": "", "shared": False}
    )
    assert made.status_code == 201, made.text
    to = {"saved_filter": made.json()["id"]}
    asked = boss.post("/sends", json={"message": "Found", "channel": "sms", "to": to})
    assert (asked.json()["dispatch"]["state"], asked.json()["dispatch"]["customers"]) == ("asked", None)
    ended = queued(stores, boss, asked)
    assert (ended["customers"], ended["queued"], ended["sends"][0]["count"]) == (1, 1, 1)
    nobody = {"filter": {"all": [{"field": "tier", "op": "in", "value": ["B"]}]}}
    ended = queued(stores, boss, boss.post("/sends", json={"message": "Found", "channel": "sms", "to": nobody}))
    assert (ended["state"], ended["customers"], ended["queued"]) == ("done", 0, 0)
    both = {**to, "customer_ids": ["bob"]}
    assert boss.post("/sends", json={"message": "Found", "channel": "sms", "to": both}).status_code == 422
    assert boss.post("/sends", json={"message": "Found", "channel": "sms", "to": {}}).status_code == 422
    wrong = {"filter": {"all": [{"field": "shoe", "op": "in", "value": ["A"]}]}}
    assert boss.post("/sends", json={"message": "Found", "channel": "sms", "to": wrong}).status_code == 422


def test_what_is_queued_can_be_taken_back_and_asked_for_again(stores: Stores, boss: Browser) -> None:
    name = message(boss, name="Recalled", channels=SMS)
    assert queued(stores, boss, send(boss, "Recalled"))["queued"] == 2
    nothing = {"recalled": 0, "dispatches": 0, "not_reached": 0}
    assert boss.post("/sends/recall", json={"message": "Recalled"}).json() == {**nothing, "recalled": 2}
    assert boss.post("/sends/recall", json={"message": "Recalled"}).json() == nothing
    assert [one["state"] for one in boss.get(f"/sends/counts?message={name}").json()["items"]] == ["cancelled"]
    assert outcomes(send(boss, "Recalled", dry_run=True).json()) == {("send", ""): 2}
    assert queued(stores, boss, send(boss, "Recalled"))["queued"] == 2
    assert [one["state"] for one in boss.get(f"/sends/counts?message={name}").json()["items"]] == ["queued"]


def test_what_a_provider_took_is_never_taken_back(stores: Stores, boss: Browser, clock: TickingClock) -> None:
    name = message(boss, name="Gone", channels=SMS)
    queued(stores, boss, send(boss, "Gone", priority=9))
    with ledger.worker_line(stores.engine) as (line, worker):
        leased = ledger.lease(line, worker, "sms", clock.now(), 100)
        assert [one.message for one in leased] == [name, name]
        ledger.step(line, worker, clock.now(), begin=leased[0].id)
        ledger.step(line, worker, clock.now(), ended=Ended(leased[0].id, "accepted", {}))
        assert boss.post("/sends/recall", json={"message": "Gone"}).json()["recalled"] == 1, "a worker had not begun it"
        ledger.give_back(line, worker, clock.now())
    assert boss.post("/sends/recall", json={"message": "Gone"}).json()["recalled"] == 0
    states = {one["state"]: one["count"] for one in boss.get(f"/sends/counts?message={name}").json()["items"]}
    assert states == {"accepted": 1, "cancelled": 1}


def test_a_version_that_is_named_goes_out_whatever_is_published_later(stores: Stores, boss: Browser) -> None:
    name = message(boss, name="Pinned", channels=SMS)
    assert queued(stores, boss, send(boss, "Pinned", ["ann"], version=1))["queued"] == 1
    assert send(boss, "Pinned", ["bob"], version=2).status_code == 422
    with transaction(stores.engine) as session:
        assert session.execute(text("SELECT version FROM sends WHERE message = :m"), {"m": name}).scalars().all() == [1]


def test_a_transactional_message_needs_a_reason_and_the_audit_log_keeps_it(stores: Stores, boss: Browser) -> None:
    message(boss, name="Order news", channels=SMS, transactional=True)
    refused = send(boss, "Order news", ["ann"])
    assert (refused.status_code, refused.json()["fields"][0]["path"]) == (422, "/reason")
    asked = send(boss, "Order news", ["ann"], reason="Recall of kettle 7")
    kept = boss.get("/audit?limit=1").json()["items"][0]
    assert (kept["act"], kept["after"]["transactional"], kept["after"]["reason"]) == (
        "sends.ask",
        True,
        "Recall of kettle 7",
    )
    queued(stores, boss, asked)
    queued(stores, boss, send(boss, "Order news", ["bob"], transactional=False))
    with transaction(stores.engine) as session:
        told = session.execute(
            text(
                "SELECT s.customer_id, s.transactional FROM sends s JOIN messages m ON m.id = s.message WHERE m.name = 'Order news'"
            )
        )
        assert {row[0]: row[1] for row in told} == {"ann": True, "bob": False}
    message(boss, name="Marketing", channels=SMS)
    assert send(boss, "Marketing", ["ann"], transactional=True, reason="because").status_code == 422


@pytest.mark.parametrize(("more", "path"), [
    ({"purpose": "nothing"}, "/purpose"),
    ({"due_at": "2026-05-01T00:00:00Z", "stale_after": "2026-04-01T00:00:00Z"}, "/stale_after"),
    ({"stale_after": "2020-01-01T00:00:00Z"}, "/stale_after"),
    ({"due_at": "2026-05-01T00:00:00"}, "/due_at"),
    ({"version": 0}, "/version"),
])  # fmt: skip
def test_what_makes_no_sense_is_refused_at_its_field(boss: Browser, more: dict[str, Any], path: str) -> None:
    message(boss, name=f"Sense {path} {more}", channels=SMS)
    refused = send(boss, f"Sense {path} {more}", **more)
    assert (refused.status_code, refused.json()["fields"][0]["path"]) == (422, path)


def test_only_who_may_send_sends(stores: Stores, boss: Browser, clock: TickingClock) -> None:
    message(boss, name="Guarded", channels=SMS)
    assert send(stranger(stores, clock), "Guarded").status_code == 401
    assert stranger(stores, clock).get("/sends/dispatches").status_code == 401
    assert stranger(stores, clock).get("/sends/dispatches/dsp_1").status_code == 401
    assert send(member(stores, boss, "agent", clock), "Guarded", dry_run=True).status_code == 403
    marketer = member(stores, boss, "marketer", clock)
    assert queued(stores, marketer, send(marketer, "Guarded", ["ann"]))["asked_by"] == "Marketer"
    assert marketer.post("/sends/recall", json={"message": "Guarded"}).json()["recalled"] == 1


def test_of_very_many_some_are_looked_at_the_same_each_time() -> None:
    many = [str(one) for one in range(100)]
    assert sample(many, 10) == sample(many, 10) != many[:10]
    assert len(set(sample(many, 10))) == 10
    assert sample(many, 100) == many


def test_a_sample_says_between_how_many_the_truth_lies() -> None:
    exact = estimate(3, 10, 10)
    assert (exact.count, exact.low, exact.high) == (3, 3, 3)
    half = estimate(2_500, 5_000, 1_000_000)
    assert half.count == 500_000
    assert (
        0.0137 < (half.high - half.low) / 2 / 1_000_000 < 0.0140
    )  # 1.96 · √(¼ / 5,000), a little less of a finite number
    none = estimate(0, 5_000, 10_000)
    assert (none.count, none.low) == (0, 0)
    assert 2 <= none.high <= 5  # a rare one may hide among those not looked at
    most = estimate(4_999, 5_000, 5_001)
    assert 4_999 <= most.low <= most.count <= most.high <= 5_000
