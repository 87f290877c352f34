"""One customer's risk over HTTP: parts that add up, what changed, and nothing for a stranger."""

from datetime import timedelta

import numpy as np
import pytest

from tenure.app.pipelines.refresh import refresh
from tenure.app.wiring import Stores
from tests.directory.make import Browser, owner
from tests.risk import shops


@pytest.fixture(scope="module")
def boss(stores: Stores) -> Browser:
    """The owner of a shop computed twice, five days apart."""
    end = shops.furnish(stores.lake)
    refresh(stores, end - timedelta(days=5))
    refresh(stores, end)
    return owner(stores)


@pytest.fixture(scope="module")
def customers(boss: Browser, stores: Stores) -> list[str]:
    """The ids of thirty customers who have a score."""
    scores = stores.lake.table("scores")
    mine = scores.filter(scores.name == "churn_risk").select("customer_id").distinct().order_by("customer_id").limit(30)
    found = [str(customer) for customer in stores.lake.read(mine)["customer_id"].to_pylist()]
    assert len(found) == 30
    return found


def test_base_and_contributions_add_up_to_the_risk(boss: Browser, customers: list[str]) -> None:
    for customer in customers:
        told = boss.get(f"/customers/{customer}/risk").json()
        score = told["base"] + sum(part["effect"] for part in told["contributions"])
        assert told["history"][-1]["risk"] == pytest.approx(1 / (1 + np.exp(-score)), abs=1e-6)


def test_the_parts_of_a_change_add_up_to_it(boss: Browser, customers: list[str]) -> None:
    moved = [boss.get(f"/customers/{customer}/risk").json()["change"] for customer in customers]
    changes = [change for change in moved if change is not None]
    assert len(changes) > 5
    for change in changes:
        total = sum(part["change"] for part in change["parts"])
        assert total == pytest.approx(change["after"] - change["before"], abs=1e-6)


def test_the_course_is_told_oldest_first_with_bounds_around_every_point(boss: Browser, customers: list[str]) -> None:
    course = boss.get(f"/customers/{customers[0]}/risk").json()["history"]
    assert [point["as_of"] for point in course] == sorted(point["as_of"] for point in course)
    assert all(point["low"] <= point["risk"] <= point["high"] for point in course)


def test_reasons_are_in_both_languages(boss: Browser, customers: list[str]) -> None:
    reasons = boss.get(f"/customers/{customers[0]}/risk").json()["reasons"]
    assert len(reasons) == 3
    assert all(reason["text"]["en"] and reason["text"]["zh"] for reason in reasons)


def test_nobody_known_has_an_empty_course(boss: Browser) -> None:
    assert boss.get("/customers/nobody/risk").json()["history"] == []


def test_of_a_shop_that_told_of_orders_alone_nothing_that_can_be_acted_on_lowers_a_risk(
    boss: Browser, customers: list[str]
) -> None:
    for customer in (customers[0], "nobody"):
        assert boss.get(f"/customers/{customer}/risk/lowering").json() == []
