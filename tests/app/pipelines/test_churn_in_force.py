"""One churn definition holds everywhere: what predictions work with is what metrics, settings and call list tell."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from tenure.app import wiring
from tenure.app.desk import Desk
from tenure.app.pipelines.refresh import refresh
from tenure.app.settings import Settings
from tenure.app.wiring import Stores
from tenure.directory.workspace import service as workspace
from tenure.directory.workspace.service import ChurnDefinition
from tenure.kit.db import transaction
from tenure.metrics import reconciliation
from tenure.warehouse.history import History
from tests.app.pipelines import workspaces
from tests.directory.make import Browser, TickingClock, owner
from tests.features import make

END = datetime(2026, 3, 1, tzinfo=UTC)
DAYS = 500


@pytest.fixture(scope="module")
def shop(new_settings: Callable[[], Settings]) -> Iterator[Stores]:
    """Two hundred customers who buy every twelve days on average until they stop, scored with nothing set."""
    settings = new_settings()
    with wiring.stores(settings, wiring.create_workspace(settings, "shop")) as opened:
        chance = np.random.default_rng(11)
        first = END.replace(tzinfo=None) - timedelta(days=DAYS)
        orders = []
        for number in range(200):
            began, life = chance.uniform(0, 200), chance.exponential(300)
            turns = began + np.cumsum(chance.exponential(12, size=60))
            orders += [
                (f"c{number}", first + timedelta(days=float(day)), 20.0)
                for day in (began, *turns)
                if day < min(DAYS, began + life)
            ]
        make.add_orders(opened.lake, orders)
        workspaces.know(opened, [{"customer_id": "c0", "name": "Ann"}])
        refresh(opened, END)
        yield opened


@pytest.fixture(autouse=True)
def _nothing_chosen(shop: Stores) -> None:
    with transaction(shop.engine) as session:
        workspace.change(session, replace(workspace.read(session), chosen_churn=None), None, END)


def _boss(stores: Stores) -> Browser:
    clock = TickingClock()
    clock.instant = END
    return owner(stores, clock)


def _settings(boss: Browser) -> dict[str, Any]:
    told = boss.get("/settings").json()["churn"]
    assert isinstance(told, dict)
    return told


def _metric(boss: Browser) -> dict[str, Any]:
    (found,) = [metric for metric in boss.get("/metrics").json() if metric["name"] == "churn_rate"]
    assert isinstance(found, dict)
    return found


def test_before_the_first_refresh_ninety_days_are_called_a_starting_point(stores: Stores) -> None:
    boss = _boss(stores)
    told = _settings(boss)
    assert (told["window_days"], told["chosen_by"], told["automatic"]) == (90, "default", None)
    assert _metric(boss)["churn"] == told["sentence"]
    assert "starting point" in told["sentence"]["en"]
    assert "初始值" in told["sentence"]["zh"]


def test_with_nothing_set_metrics_use_the_window_that_predictions_found(shop: Stores) -> None:
    boss = _boss(shop)
    told = _settings(boss)
    window = told["window_days"]
    assert window < 60
    assert told["chosen_by"] == "data"
    said = f"{window} days"
    assert any(said in note["en"] for note in boss.get("/predictions").json()["model"]["notes"]), "predictions"
    assert any(said in why["en"] for why in told["why"]), "settings"
    assert said in _metric(boss)["churn"]["en"], "definitions"
    assert f"{window} 天" in _metric(boss)["churn"]["zh"]
    assert said in boss.get("/call-list").json()["risk"]["en"], "call list"
    assert said in boss.get("/customers/c0").json()["risk_meaning"]["en"], "customer"
    asked = {"start": "2026-01-01", "end": "2026-02-01"}
    (row,) = boss.get("/metrics/reconciliation", params=asked).json()["rows"]
    assert row["L"] == _lost(shop, window)
    assert row["L"] != _lost(shop, 90)
    assert Desk(shop).definition().churn == _scored(shop)


def test_once_a_member_has_chosen_predictions_and_metrics_follow(shop: Stores) -> None:
    boss = _boss(shop)
    found = _settings(boss)["window_days"]
    churn = {"kind": "inactivity", "window_days": 45, "grace_days": 3}
    assert boss.patch("/settings", json={"churn": churn}).status_code == 200
    assert "45 days" in _metric(boss)["churn"]["en"]
    assert f"{found} days" in boss.get("/call-list").json()["risk"]["en"], "scores are still the old ones"
    refresh(shop, END)
    told = _settings(boss)
    assert (told["window_days"], told["chosen_by"], told["automatic"]["window_days"]) == (45, "member", found)
    assert "set by a member" in told["sentence"]["en"]
    assert "45 days" in boss.get("/call-list").json()["risk"]["en"]
    assert _scored(shop) == ChurnDefinition("inactivity", 45, 3)


def test_giving_the_choice_back_to_the_data_holds_at_once(shop: Stores) -> None:
    boss = _boss(shop)
    found = _settings(boss)
    boss.patch("/settings", json={"churn": {"kind": "subscription_end", "window_days": 30, "grace_days": 1}})
    assert _settings(boss)["chosen_by"] == "member"
    assert boss.patch("/settings", json={"currency": "EUR"}).json()["churn"]["chosen_by"] == "member"
    assert boss.patch("/settings", json={"churn": None}).json()["churn"] == found


def test_subscription_end_without_subscriptions_is_told_and_judged_by_silence(shop: Stores) -> None:
    boss = _boss(shop)
    boss.patch("/settings", json={"churn": {"kind": "subscription_end", "window_days": 30, "grace_days": 1}})
    done = refresh(shop, END)
    assert any("no subscriptions" in note.en and "没有订阅" in note.zh for note in done.notes)
    assert "stay" in boss.get("/call-list").json()["risk"]["en"]


def test_a_refresh_that_moves_the_definition_is_written_down(shop: Stores) -> None:
    entries = _boss(shop).get("/audit").json()["items"]
    moved = [entry for entry in entries if (entry["after"] or {}).get("churn", {}).get("chosen_by") == "data"]
    assert moved[-1]["actor_kind"] == "system"
    assert moved[-1]["before"]["churn"]["chosen_by"] == "default"


def test_a_question_may_bring_its_own_window_and_says_so(shop: Stores) -> None:
    boss = _boss(shop)
    asked = {"name": "churn_rate", "start": "2026-01-01", "end": "2026-02-01", "window_days": 7}
    told = boss.get("/metrics/values", params=asked).json()["metric"]["churn"]
    assert "7 days" in told["en"]
    assert "as asked" in told["en"]
    assert boss.get("/metrics/values", params={"name": "revenue"}).json()["metric"]["churn"] is None


def _scored(stores: Stores) -> ChurnDefinition | None:
    with transaction(stores.engine) as session:
        return workspace.read(session).scored_churn


def _lost(stores: Stores, window: int) -> int:
    history = History(stores.lake, END.replace(tzinfo=None))
    days = (datetime(2026, 1, 1).date(), datetime(2026, 2, 1).date())
    return reconciliation.reconcile(history, *days, churn=ChurnDefinition(window_days=window))[0].lost
