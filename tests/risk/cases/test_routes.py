"""Alerts over HTTP: the inbox, one alert with its history, and every verb, with what forbids it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.directory.make import OWNER_EMAIL, TickingClock, add_member, owner, sign_in
from tests.risk.cases import make
from tests.risk.cases.conftest import Desk


@pytest.fixture
def alert(desk: Desk) -> str:
    """One alert among three."""
    make.look(desk.stores, [("a", "complaint", "t1"), ("b", "overdue", "x"), ("c", "complaint", "t2")])
    return str(make.cases(desk.stores, "customer_id = 'a'")[0]["id"])


def test_the_inbox_filters_counts_and_pages(desk: Desk, alert: str) -> None:
    whole = desk.browser.get("/alerts").json()
    assert [item["customer"]["id"] for item in whole["items"]].count("a") == 1
    assert whole["counts"]["signal"] == {"complaint": 2, "overdue": 1}
    assert {item["id"] for item in desk.browser.get("/alerts?signal=overdue").json()["items"]} != {alert}
    assert desk.browser.get("/alerts?state=resolved").json()["items"] == []
    first = desk.browser.get("/alerts?limit=2").json()
    rest = desk.browser.get(f"/alerts?limit=2&cursor={first['next_cursor']}").json()
    assert first["items"] + rest["items"] == whole["items"]
    assert rest["next_cursor"] is None
    assert desk.browser.get("/alerts?cursor=nonsense").status_code == 422
    assert desk.browser.get("/alerts?tier=Z").status_code == 422


def test_owners_see_their_own(desk: Desk, alert: str) -> None:
    agents = desk.browser.get("/alerts").json()["items"]
    owners = {item["owner"]["id"] for item in agents}
    assert len(owners) == 1  # the only agent, whom the rules name
    assert desk.browser.get("/alerts?owner=me").json()["items"] == []
    assert len(desk.browser.get(f"/alerts?owner={owners.pop()}").json()["items"]) == 3
    assert desk.browser.get("/alerts?owner=none").json()["items"] == []


def test_a_day_in_the_life_of_an_alert(desk: Desk, alert: str) -> None:
    path = f"/alerts/{alert}"
    assert desk.browser.post(f"{path}/note", json={"text": " spoke "}).status_code == 201
    until = "2999-01-01T00:00:00Z"
    assert desk.browser.post(f"{path}/snooze", json={"until": until}).json()["fields"][0]["path"] == "/until"
    assert desk.browser.post(f"{path}/escalate", json={"why": "angry"}).json()["escalation"] == 1
    done = desk.browser.post(f"{path}/resolve", json={"outcome": "saved", "text": "stays"}).json()
    assert (done["state"], done["outcome_label"]["zh"]) == ("resolved", "已挽回")
    again = desk.browser.post(f"{path}/resolve", json={"outcome": "left"})
    assert (again.status_code, again.json()["remedy"]["en"]) == (409, "Reopen it first.")
    assert desk.browser.post(f"{path}/reopen", json={"why": "called back"}).json()["state"] == "open"
    acts = [entry["act"] for entry in desk.browser.get(path).json()["timeline"]]
    assert acts == ["open", "assign", "note", "escalate", "resolve", "reopen"]
    audit = [entry["act"] for entry in desk.browser.get("/audit?limit=5").json()["items"]]
    assert audit[:3] == ["alerts.reopen", "alerts.resolve", "alerts.escalate"]


def test_a_snoozed_alert_sleeps_until_its_time_or_something_new(desk: Desk, alert: str) -> None:
    now = desk.browser.get(f"/alerts/{alert}").json()["opened_at"]
    assert now
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    slept = desk.browser.post(f"/alerts/{alert}/snooze", json={"until": tomorrow}).json()
    assert slept["state"] == "snoozed"
    make.look(desk.stores, [("a", "complaint", "t9")], 1)
    assert desk.browser.get(f"/alerts/{alert}").json()["state"] == "open"


def test_who_may_not_work_on_alerts_cannot_be_given_one(desk: Desk, alert: str) -> None:
    viewer = add_member(desk.browser, "viewer", f"viewer-{alert}@shop.test")
    answer = desk.browser.post(f"/alerts/{alert}/assign", json={"owner_id": viewer})
    assert answer.json()["fields"][0]["path"] == "/owner_id"
    assert (
        desk.browser.post(f"/alerts/{alert}/assign", json={"owner_id": desk.boss.id}).json()["owner"]["id"]
        == desk.boss.id
    )
    assert desk.browser.get("/alerts/nobody").status_code == 404


def test_a_note_sent_twice_with_one_key_stands_once(desk: Desk, alert: str) -> None:
    for _ in range(2):
        desk.browser.post(f"/alerts/{alert}/note", json={"text": "once"}, headers={"Idempotency-Key": f"n-{alert}"})
    assert [act for case, act in desk.entries() if case == alert].count("note") == 1


def test_who_owns_what_can_be_changed_and_mistakes_are_named(desk: Desk, alert: str) -> None:
    rules = desk.browser.get("/alerts/ownership").json()
    assert [rule["tiers"] for rule in rules["rules"]] == [["A"], ["B"], []]
    wrong = {**rules, "rules": [{"roles": ["king"], "due_hours": 0}], "escalate_to": []}
    paths = [field["path"] for field in desk.browser.put("/alerts/ownership", json=wrong).json()["fields"]]
    assert paths == ["/rules/0/roles", "/rules/0/due_hours", "/escalate_to"]
    kept = desk.browser.put("/alerts/ownership", json={**rules, "rules": [{"roles": ["owner"]}]})
    assert kept.status_code == 200
    make.look(desk.stores, [("d", "complaint", "t5")], 2)
    (case,) = make.cases(desk.stores, "customer_id = 'd'")
    assert case["owner_id"] == desk.boss.id


def test_the_clock_of_the_desk_decides_what_is_overdue(desk: Desk, alert: str) -> None:
    clock = TickingClock()
    browser = owner(desk.stores, clock)
    assert browser.get("/alerts?overdue=true").json()["items"] == []
    clock.pass_time(days=8)  # without a tier an alert is due within a week
    sign_in(browser, OWNER_EMAIL)
    late = browser.get("/alerts?overdue=true").json()
    assert len(late["items"]) == late["counts"]["overdue"] == 3
    assert all(item["overdue"] for item in late["items"])
