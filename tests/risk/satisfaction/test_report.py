"""What a refresh says of satisfaction and staying, on a shop whose truth is known."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from tenure.app import wiring
from tenure.app.pipelines.refresh import refresh
from tenure.app.settings import Settings
from tenure.app.wiring import Stores
from tests.directory.make import member, owner
from tests.features import make

END = datetime(2026, 3, 1)
CUSTOMERS = 300


@pytest.fixture(scope="module")
def shop(new_settings: Callable[[], Settings]) -> Iterator[Stores]:
    """Customers who buy every ten days; half go one after another. Their NPS knew it, their reviews did not."""
    chance = np.random.default_rng(2)
    settings = new_settings()
    with wiring.stores(settings, wiring.create_workspace(settings, "shop")) as opened:
        orders = [
            (f"c{n}", day, 10.0)
            for n in range(CUSTOMERS)
            for day in (END - timedelta(days=400 - 10 * turn + n % 10) for turn in range(41))
            if day < END and (n % 2 or day < END - timedelta(days=7 * n % 70))
        ]
        make.add_orders(opened.lake, orders)
        asked = END - timedelta(days=200)
        rows = [(f"c{n}", asked, "nps", 9.0 if (n % 2) ^ (n % 20 in (2, 3)) else 2.0) for n in range(CUSTOMERS)]
        rows += [(f"c{n}", asked, "review", float(chance.integers(1, 6))) for n in range(CUSTOMERS)]
        rows += [(f"c{n}", END - timedelta(days=1), "ces", 1.0 if n % 2 else 7.0) for n in range(CUSTOMERS)]
        _answer(opened, rows)
        refresh(opened, END.replace(tzinfo=UTC))
        yield opened


def _answer(stores: Stores, rows: list[tuple[str, datetime, str, float]]) -> None:
    make.add(
        stores.lake,
        "feedback",
        {
            "feedback_id": [f"f{number}" for number in range(len(rows))],
            "customer_id": [row[0] for row in rows],
            "answered_at": [row[1] for row in rows],
            "kind": [row[2] for row in rows],
            "score": [row[3] for row in rows],
        },
    )


def _kinds(stores: Stores) -> dict[str, Any]:
    answer = owner(stores).get("/satisfaction")
    assert answer.status_code == 200, answer.text
    return {kind["kind"]: kind for kind in answer.json()["kinds"]}


def test_a_score_that_foretells_leaving_is_told_from_one_that_does_not(shop: Stores) -> None:
    kinds = _kinds(shop)
    assert kinds["nps"]["auc"]["low"] > 0.6
    assert kinds["review"]["auc"]["low"] < 0.5 < kinds["review"]["auc"]["high"]
    shares = {band["name"]: band["share"] for band in kinds["nps"]["bands"]}
    assert shares["high"] > shares["low"]
    assert all(band["low"] <= band["share"] <= band["high"] for band in kinds["nps"]["bands"] if band["n"])
    assert "cannot be told" in kinds["review"]["verdict"]["en"]
    assert "看不出" in kinds["review"]["verdict"]["zh"]


def test_an_answer_given_after_the_fact_is_not_counted(shop: Stores) -> None:
    assert "ces" not in _kinds(shop)


def test_who_contradicts_the_score_is_named(shop: Stores) -> None:
    nps = _kinds(shop)["nps"]
    leavers = {row["customer_id"] for row in nps["satisfied_leavers"]}
    assert leavers
    assert leavers <= {f"c{n}" for n in range(2, CUSTOMERS, 20)}
    assert all(row["score"] == 9.0 for row in nps["satisfied_leavers"])
    assert {f"c{n}" for n in range(3, CUSTOMERS, 20)} <= {row["customer_id"] for row in nps["dissatisfied_stayers"]}
    counted = sum(band["n"] for band in nps["bands"])
    assert counted == nps["n"] <= CUSTOMERS, "each person counts once"


def test_who_may_see_metrics_may_see_it_and_before_the_first_refresh_it_says_so(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    assert boss.get("/satisfaction").status_code == 404
    refresh(fresh_stores)
    viewer = member(fresh_stores, boss, "viewer")
    told = viewer.get("/satisfaction").json()
    assert told["kinds"] == []
    assert told["notes"][0]["zh"]
