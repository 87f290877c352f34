"""The rules in force, and the versions before them."""

from datetime import UTC, date, datetime

from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.outreach.policy import service
from tenure.outreach.policy.standard import STANDARD
from tests.directory.make import owner

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def test_a_new_workspace_keeps_decent_hours_and_a_measure(fresh_stores: Stores) -> None:
    with transaction(fresh_stores.engine) as session:
        policy = service.in_force(session, NOW)
    assert policy.version == "standard"
    assert {cap.name for cap in policy.caps} == {cap.name for cap in STANDARD.caps}
    assert policy.consent["marketing"] == "opt_in"
    assert policy.consent["service"] == "opt_out"


def test_changed_rules_are_a_new_version_and_the_same_rules_are_none(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    rules = boss.get("/contact-policy").json()["rules"]
    rules["caps"] = [{"name": "two", "limit": 2, "hours": 24}]
    first = boss.put("/contact-policy", json=rules).json()
    assert (first["version"], [cap["limit"] for cap in first["rules"]["caps"]]) == ("1", [2])
    assert boss.put("/contact-policy", json=rules).json()["version"] == "1"
    rules["caps"][0]["limit"] = 3
    assert boss.put("/contact-policy", json=rules).json()["version"] == "2"
    with transaction(fresh_stores.engine) as session:
        assert service.in_force(session, NOW).caps[0].limit == 3


def test_rules_that_make_no_sense_are_refused_with_their_place(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    both = {"hours": {}, "caps": [{"name": "x", "limit": 1, "hours": 1, "period": "day"}], "budgets": []}
    refused = boss.put("/contact-policy", json=both)
    assert (refused.status_code, refused.json()["fields"][0]["path"]) == (422, "/caps/0")
    night = {"hours": {"sms": {"opens": "21:00", "closes": "08:00"}}, "caps": [], "budgets": []}
    assert boss.put("/contact-policy", json=night).status_code == 422


def test_holidays_are_those_of_the_customers_country(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    rules = {"hours": {"email": {"holidays": True}}, "caps": [], "budgets": []}
    assert boss.put("/contact-policy", json=rules).status_code == 200
    with transaction(fresh_stores.engine) as session:
        holidays = service.in_force(session, NOW).holidays
    assert date(2026, 10, 1) in holidays.get("CN", frozenset())
    assert date(2026, 7, 4) in holidays.get("US", frozenset())
    assert holidays.get("ZZ", frozenset()) == frozenset()


def test_a_holiday_is_one_where_it_is_still_last_year(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    rules = {"hours": {"email": {"holidays": True}}, "caps": [], "budgets": []}
    assert boss.put("/contact-policy", json=rules).status_code == 200
    new_year = datetime(
        2026, 1, 1, 3, tzinfo=UTC
    )  # west of Greenwich, where somebody from Manila may be, it is still 2025
    with transaction(fresh_stores.engine) as session:
        holidays = service.in_force(session, new_year).holidays
    assert date(2025, 12, 31) in holidays.get("PH", frozenset())
