"""The settings of the workspace."""

import pytest

from tenure.app.wiring import Stores
from tenure.directory.workspace import service
from tenure.directory.workspace.service import ChurnDefinition
from tenure.kit.db import transaction
from tests.directory.make import owner


def test_settings_change_and_the_change_is_written_down(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    churn = {"kind": "subscription_end", "window_days": 30, "grace_days": 3}
    changed = boss.patch("/settings", json={"currency": "cny", "time_zone": "Asia/Shanghai", "churn": churn})
    assert changed.status_code == 200
    assert boss.get("/settings").json() == changed.json()
    with transaction(fresh_stores.engine) as session:
        settings = service.read(session)
    assert (settings.currency, settings.chosen_churn) == ("CNY", ChurnDefinition("subscription_end", 30, 3))
    entry = boss.get("/audit").json()["items"][0]
    assert (entry["act"], entry["before"]["currency"], entry["after"]["currency"]) == ("settings.change", "USD", "CNY")
    assert "tiers" not in entry["after"]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"workspace_name": "  "}, "/workspace_name"),
        ({"currency": "BTC"}, "/currency"),
        ({"time_zone": "Mars/Olympus"}, "/time_zone"),
        ({"churn": {"kind": "inactivity", "window_days": 0, "grace_days": 0}}, "/churn/window_days"),
        ({"tiers": {"a_share": 0.6, "b_share": 0.5}}, "/tiers"),
        ({"churn": {"kind": "boredom", "window_days": 1, "grace_days": 0}}, "/churn/kind"),
    ],
)
def test_impossible_settings_name_the_field(stores: Stores, change: dict[str, object], path: str) -> None:
    refused = owner(stores).patch("/settings", json=change)
    assert refused.status_code == 422
    assert [field["path"] for field in refused.json()["fields"]] == [path]
